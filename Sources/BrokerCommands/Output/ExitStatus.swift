import IdentityBroker

/// The process's exit status: the numbers of `sysexits.h`, so that a shell script can distinguish the kinds.
enum ExitStatus: Int32, CaseIterable {
    case success = 0
    case usage = 64
    case credentialRefused = 65
    case upstreamFailed = 69
    case internalError = 70
    case tryAgain = 75
    case accessRefused = 77
    case misconfigured = 78
    case interrupted = 130

    init(_ kind: BrokerError.Kind) {
        switch kind {
        case .invalidCredential, .credentialExpired, .credentialAlreadyUsed: self = .credentialRefused
        case .upstreamUnavailable, .upstreamMisbehaved, .timedOut: self = .upstreamFailed
        case .rateLimited, .unavailable: self = .tryAgain
        case .accessDenied, .cancelledByUser, .interactionRequired, .providerDisabled: self = .accessRefused
        case .misconfigured, .unknownProvider: self = .misconfigured
        case .cancelled: self = .interrupted
        default: self = .internalError
        }
    }
}
