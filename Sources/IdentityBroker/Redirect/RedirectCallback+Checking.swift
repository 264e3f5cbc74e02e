import Foundation

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
        let isExpected = issuer.map { issuer in issuers.contains { $0.isIdentical(to: issuer) } }
        guard isExpected ?? (error != nil || !flow.isIssuerExpected) else {
            throw BrokerError(.invalidCredential, "The answer does not come from the upstream that was asked.")
        }
        guard now < flow.expiry else {
            throw BrokerError(.credentialExpired, "The login took too long. Begin a new one.")
        }
        if let error { throw Self.failure(error) }
        guard let code else {
            throw BrokerError(.invalidCredential, "The answer has neither a code nor an error. Begin a new login.")
        }
        return Secret(code)
    }

    /// What an error response means: RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6.
    private static func failure(_ code: String) -> BrokerError {
        switch code {
        case "access_denied":
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
