package import IdentityBroker

/// What error codes mean at an endpoint where the client authenticates (RFC 6749 §5.2).
package enum TokenError {
    /// The meaning of a standard code; ``BrokerError/Kind/upstreamMisbehaved`` for any other, and for none.
    package static func kind(of code: String?) -> BrokerError.Kind {
        switch code {
        case "invalid_grant": .invalidCredential
        case "invalid_client", "unauthorized_client", "invalid_scope": .misconfigured
        case let code? where redirectCodes.contains(code): .misconfigured
        case "temporarily_unavailable", "server_error": .upstreamUnavailable
        default: .upstreamMisbehaved
        }
    }

    /// The codes for a callback URI that is not registered: of RFC 7591 §3.2.2, which many answer at pushed requests, and
    /// of Google and GitHub.
    private static let redirectCodes: Set = ["invalid_redirect_uri", "redirect_uri_mismatch"]

    /// The failure of this kind, in our own words.
    ///
    /// - Parameters:
    ///   - code: The provider's code; nil if what it says is no code.
    ///   - status: The status of the answer.
    ///   - endpoint: Who refuses, by its name in a sentence.
    ///   - settings: The settings by which the client authenticates, as in a list.
    package static func failure(
        _ kind: BrokerError.Kind,
        code: String?,
        status: Int,
        of endpoint: String,
        settings: String
    ) -> BrokerError {
        let message =
            switch kind {
            case .invalidCredential: "The provider does not accept the code. Begin a new login."
            case .misconfigured where code == "invalid_scope":
                "The provider does not give this client all of the scopes."
            case .misconfigured where code.map(redirectCodes.contains) == true:
                "The provider does not know the callback URI. Register it there, exactly as it is."
            case .misconfigured:
                "The provider does not accept the client. Check \(settings)."
            case .upstreamUnavailable: "The provider says that it cannot serve now."
            case .rateLimited: "The provider wants fewer requests."
            case .accessDenied: "The provider does not let this user sign in to the client."
            case .interactionRequired: "The provider wants something from the user first. Begin a new login."
            default:
                "The provider's \(endpoint) answers with status \(status), and refuses for a reason that does not fit."
            }
        return BrokerError(kind, message, upstreamCode: code)
    }
}
