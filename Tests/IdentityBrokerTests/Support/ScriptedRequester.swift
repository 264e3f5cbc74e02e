import LoopbackServer

@testable import IdentityBroker

/// A requester that leaves when a test says so, and records what it is told.
final class ScriptedRequester: LoginRequester {
    enum Event: Sendable {
        case wait, back
    }

    private struct State: Sendable {
        var events: [Event] = []
        var isGone = false
        var action: (@Sendable () -> Void)?
    }

    private let state = Monitor(State())

    var events: [Event] { state.snapshot.events }

    /// Returns once it has heard of this many events.
    func waitForEvents(_ count: Int) async throws {
        try await state.wait { $0.events.count >= count ? () : nil }
    }

    func loginWillWait() { state.withState { $0.events.append(.wait) } }
    func loginDidWait() { state.withState { $0.events.append(.back) } }

    var isGone: Bool { state.snapshot.isGone }

    func onGone(_ action: (@Sendable () -> Void)?) {
        state.withState { $0.action = action }
    }

    func go() {
        let action = state.withState { state in
            state.isGone = true
            return state.action
        }
        action?()
    }
}

extension Bench {
    /// The result of a login for a requester.
    func run(_ credential: Credential, for requester: ScriptedRequester) async -> Result<Identity, BrokerError> {
        var login = Login(Self.id, with: credential, from: nil, for: .identity, at: broker)
        login.requester = requester
        return await login.run()
    }
}
