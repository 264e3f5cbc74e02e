import BrokerTokens
import IdentityBroker

/// The parameters of a form, each given once: what two readers could interpret differently is refused.
struct RequestForm: Sendable {
    private let values: [String: [String]]

    /// Parses `application/x-www-form-urlencoded` (RFC 6749 Appendix B).
    ///
    /// A parameter without a value counts as omitted (RFC 6749 §3.2).
    ///
    /// - Parameter repeatable: The parameters that may occur more than once; no other may (RFC 6749 §3.2).
    /// - Throws: ``OAuthError`` `invalid_request`, without a value in its message.
    init(_ bytes: some Sequence<UInt8>, repeatable: Set<String> = []) throws(OAuthError) {
        guard let text = String(validating: Array(bytes), as: UTF8.self) else {
            throw OAuthError(.invalidRequest, "The body is not UTF-8.")
        }
        var values: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = formDecoded(parts[0]), let value = parts.count == 2 ? formDecoded(parts[1]) : "" else {
                throw OAuthError(.invalidRequest, "The body is not a form: its percent-encoding is invalid.")
            }
            guard !value.isEmpty else { continue }
            if values[name] != nil, !repeatable.contains(name) {
                let shown = Self.known.contains(name) ? "The parameter '\(name)'" : "A parameter"
                throw OAuthError(.invalidRequest, "\(shown) is given more than once.")
            }
            values[name, default: []].append(value)
        }
        self.values = values
    }

    /// The parameter's value; nil if it was omitted.
    subscript(name: String) -> String? { values[name]?.first }

    /// All values of a repeatable parameter.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// All requested audiences, by name or by URL (RFC 8693 §2.1, RFC 8707 §2).
    var audiences: [String] { all("audience") + all("resource") }

    /// The parameter's value.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` that names it.
    func required(_ name: String) throws(OAuthError) -> String {
        guard let value = self[name] else {
            throw OAuthError(.invalidRequest, "The parameter '\(name)' is missing.")
        }
        return value
    }

    /// The parameters that an error may name: a client's own names could carry anything.
    private static let known: Set<String> = [
        "grant_type", "client_id", "client_secret", "scope", "provider", "subject_token", "subject_token_type",
        "requested_token_type", "actor_token", "actor_token_type", "audience", "resource", "refresh_token", "token",
        "token_type_hint", "access_token",
    ]
}
