import Testing

@testable import IdentityBroker

@Suite("What must not be left half done", .timeLimit(.minutes(15)))
struct UncancelledTests {
    private struct Failure: Error, Equatable {}

    @Test("goes on to its end when the calling task is cancelled")
    func cancellation() async throws {
        let (gate, journal) = (Gate(), Journal())
        let task = Task {
            await uncancelled {
                await gate.passStubbornly()
                journal.note(Task.isCancelled ? "cancelled" : "undisturbed")
            }
        }
        try await gate.waitForArrivals()
        task.cancel()
        gate.open()
        await task.value
        #expect(journal.entries == ["undisturbed"])
    }

    @Test("brings back its value, or its error as the type that it has")
    func results() async {
        #expect(await uncancelled { 42 } == 42)
        do throws(Failure) {
            try await uncancelled { () async throws(Failure) in throw Failure() }
            Issue.record("nothing was thrown")
        } catch {
            #expect(error == Failure())
        }
    }
}
