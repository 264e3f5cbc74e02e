import LoopbackServer
import Testing

@Suite("A turnstile")
struct TurnstileTests {
    @Test("lets as many pass as were admitted")
    func admission() async throws {
        let turnstile = Turnstile()
        turnstile.admit(2)
        try await turnstile.pass()
        try await turnstile.pass()
        let third = Task { try await turnstile.pass() }
        try await turnstile.waitUntilHeld()
        turnstile.admit()
        try await third.value
    }

    @Test("lets all pass once it is open")
    func opening() async throws {
        let turnstile = Turnstile()
        let tasks = (1...3).map { _ in Task { try await turnstile.pass() } }
        try await turnstile.waitUntilHeld(3)
        turnstile.open()
        for task in tasks { try await task.value }
        try await turnstile.pass()
    }

    @Test("keeps the permit that a cancelled task did not use")
    func cancellation() async throws {
        let turnstile = Turnstile()
        let task = Task { try await turnstile.pass() }
        try await turnstile.waitUntilHeld()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        turnstile.admit()
        try await turnstile.pass()
    }
}
