import Foundation

/// The parameters with which an upstream sent the user's browser back (RFC 6749 §4.1.2).
struct RedirectCallback: Sendable {
    private static let longestText = 8 * 1024

    let code: String?
    let state: String?
    let error: String?
    let issuer: String?
    private let form: RedirectForm
    /// The further parameters that the provider asked for.
    let parts: [String: Secret]

    /// Parses a query, with or without its question mark, or the body of a form. Parameters that the form does not name
    /// are ignored.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/invalidCredential`` if it is too long, badly encoded,
    ///   repeats a parameter, or has two different codes.
    init(_ text: String, as form: RedirectForm) throws(BrokerError) {
        guard text.utf8.count <= Self.longestText else { throw Self.refusal("is longer than 8 KiB") }
        // By bytes, as the rest: a mark behind the question mark belongs to the first name.
        let query = text.utf8.first == UInt8(ascii: "?") ? Substring(text.utf8.dropFirst()) : text[...]
        guard let parameters = FormParameters(query) else {
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
        self.form = form
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

extension RedirectCallback {
    /// The authorization code, if this is a successful answer to that flow from its upstream.
    ///
    /// - Parameter issuers: The names that the expected upstream may give itself.
    /// - Throws: ``BrokerError``.
    func code(of flow: RedirectFlow, from issuers: [String], at now: Date) throws(BrokerError) -> Secret {
        guard let state, Secret(state) == flow.state else {
            throw BrokerError(
                .invalidCredential, "The answer belongs to no login that was begun in this session. Begin a new one.")
        }
        // RFC 9207 §2.4. An error without `iss` is accepted: some upstreams name themselves only with a code.
        let isExpected = issuer.map { issuer in issuers.contains { IssuerName(template: $0).matches(issuer) } }
        guard isExpected ?? (error != nil || !flow.isIssuerExpected) else {
            throw BrokerError(.invalidCredential, "The answer does not come from the upstream that was asked.")
        }
        guard now < flow.expiry else {
            throw BrokerError(.credentialExpired, "The login took too long. Begin a new one.")
        }
        if let error { throw failure(error) }
        guard code.map({ !form.refusalsAsCode.contains($0) }) ?? !form.refusesWithoutCode else {
            throw BrokerError(.cancelledByUser, "The user did not agree to sign in.")
        }
        guard let code else {
            throw BrokerError(.invalidCredential, "The answer has neither a code nor an error. Begin a new login.")
        }
        return Secret(code)
    }

    /// What an error response means: RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6.
    private func failure(_ code: String) -> BrokerError {
        switch code {
        case "access_denied",
            _ where form.cancellationCodes.contains(code):
            BrokerError(.cancelledByUser, "The user did not agree to sign in.", upstreamCode: code)
        case "interaction_required", "login_required", "account_selection_required", "consent_required":
            BrokerError(.interactionRequired, "The upstream wants something from the user first.", upstreamCode: code)
        case "server_error", "temporarily_unavailable":
            BrokerError(.upstreamUnavailable, "The upstream says that it cannot serve now.", upstreamCode: code)
        case "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope",
            "invalid_request_uri", "invalid_request_object", "request_not_supported", "request_uri_not_supported",
            "registration_not_supported":
            BrokerError(
                .misconfigured,
                "The upstream does not accept how it was asked. Check the client's registration there.",
                upstreamCode: code
            )
        default:
            BrokerError(.invalidCredential, "The upstream refused the login for a reason that is not standard.")
        }
    }
}
