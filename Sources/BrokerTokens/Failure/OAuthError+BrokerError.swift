public import IdentityBroker

extension OAuthError {
    /// Translates a login's failure for the client that asked for it.
    public init(_ error: BrokerError) {
        let code: Code =
            switch error.kind {
            case .invalidCredential, .credentialExpired, .credentialAlreadyUsed, .accessDenied, .interactionRequired,
                .cancelledByUser, .providerDisabled:
                .invalidGrant
            case .unknownProvider:
                .invalidRequest
            case .rateLimited, .upstreamUnavailable, .timedOut, .unavailable, .cancelled:
                .temporarilyUnavailable
            default:
                .serverError
            }
        // Only the operator can fix this, and finds it in the log.
        let message =
            if code == .serverError, error.kind != .upstreamMisbehaved {
                "The broker cannot serve this now. Its operator has to put something right."
            } else if error.isForOperators {
                "The broker's store cannot take this now. Try again later."
            } else {
                error.message
            }
        self.init(code, message, about: error)
    }
}
