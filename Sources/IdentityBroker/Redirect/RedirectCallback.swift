/// The parameters with which an upstream sent the user's browser back (RFC 6749 §4.1.2).
struct RedirectCallback: Sendable {
    private static let longestText = 8 * 1024

    let code: String?
    let state: String?
    let error: String?
    let issuer: String?
    /// The further parameters that the provider asked for.
    let parts: [String: Secret]

    /// Parses a query, with or without its question mark, or the body of a form. Parameters that the form does not name
    /// are ignored.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/invalidCredential`` if it is too long, badly encoded,
    ///   repeats a parameter, or has two different codes.
    init(_ text: String, as form: RedirectForm) throws(BrokerError) {
        guard text.utf8.count <= Self.longestText else { throw Self.refusal("is longer than 8 KiB") }
        guard let parameters = FormParameters(text.hasPrefix("?") ? text.dropFirst() : text[...]) else {
            throw Self.refusal("is not encoded as a query is")
        }
        // An empty parameter counts as absent (RFC 6749 §3.1).
        func value(_ name: String) throws(BrokerError) -> String? {
            do throws(FormParameters.Repeated) {
                return try parameters.single(name).flatMap { $0.isEmpty ? nil : $0 }
            } catch {
                throw Self.refusal("has '\(name)' twice")
            }
        }
        (state, error, issuer) = (try value("state"), try value("error"), try value("iss"))
        var code: String?
        for name in form.codeParameters {
            guard let other = try value(name) else { continue }
            guard code?.isIdentical(to: other) ?? true else { throw Self.refusal("has two codes that differ") }
            code = other
        }
        self.code = code
        var parts: [String: Secret] = [:]
        for name in form.furtherParameters { parts[name] = try value(name).map { Secret($0) } }
        self.parts = parts
    }

    private static func refusal(_ reason: String) -> BrokerError {
        BrokerError(.invalidCredential, "The answer that the browser brought \(reason). Begin a new login.")
    }
}
