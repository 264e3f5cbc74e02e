import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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

/// How a process ends: its exit status, and whether everything in it was shut down before.
struct ExitCode: Sendable, Equatable {
    let status: ExitStatus
    var isOrderly = true

    /// Ends the process.
    func exit() -> Never {
        // If the shutdown was cut short, `exit` would unload libraries that threads still use, and crash. Skipping it
        // loses nothing: results are on disk before they are returned, as a protection against `kill -9`.
        guard isOrderly else { _exit(status.rawValue) }
        systemExit(status.rawValue)
    }
}

private func systemExit(_ status: Int32) -> Never {
    exit(status)
}
