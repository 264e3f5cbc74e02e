public import IdentityBroker

extension OAuthError {
    /// Translates a login's failure for the client that asked for it.
    public init(_ error: BrokerError) {
        let (code, status): (Code, Int) =
            switch error.kind {
            case .invalidCredential, .credentialExpired, .credentialAlreadyUsed, .accessDenied, .interactionRequired,
                .cancelledByUser, .providerDisabled:
                (.invalidGrant, 400)
            case .unknownProvider:
                (.invalidRequest, 400)
            case .rateLimited:
                (.temporarilyUnavailable, 429)
            case .upstreamUnavailable, .timedOut, .unavailable, .cancelled:
                (.temporarilyUnavailable, 503)
            case .upstreamMisbehaved:
                (.serverError, 502)
            default:
                (.serverError, 500)
            }
        // Only the operator can fix this, and finds it in the log.
        let message =
            switch status {
            case 500: "The broker cannot serve this now. Its operator has to put something right."
            case _ where error.isForOperators: "The broker's store cannot take this now. Try again later."
            default: error.message
            }
        self.init(code, message, status: status, about: error)
    }
}
