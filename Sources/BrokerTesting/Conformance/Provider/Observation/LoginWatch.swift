import IdentityBroker
import LoopbackServer

/// Observes a provider's part of one login: its result before the pipeline processes it.
final class LoginWatch: Sendable {
    /// How the provider's part ended.
    enum Ending: Sendable {
        case returned
        case threw(any Error)

        var error: (any Error)? {
            if case .threw(let error) = self { error } else { nil }
        }
    }

    /// The watch over the login that the current task belongs to.
    @TaskLocal static var current: LoginWatch?

    private let began = Monitor<Credential?>(nil)
    private let ended = Monitor<Ending?>(nil)

    /// The credential as the provider saw it; nil if it saw none.
    var credential: Credential? { began.snapshot }

    /// How the provider's part ended; nil if it has not, or never began.
    var ending: Ending? { ended.snapshot }

    func begin(with credential: Credential) {
        began.withState { $0 = credential }
    }

    func end(_ ending: Ending) {
        ended.withState { $0 = ending }
    }

    /// Suspends until the provider's part is over.
    func waitForEnding() async throws -> Ending {
        try await ended.wait { $0 }
    }
}
