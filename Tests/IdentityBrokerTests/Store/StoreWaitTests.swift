import BrokerTesting
import Testing

@testable import IdentityBroker

@Suite("A request that waits for the store", .timeLimit(.minutes(1)))
struct StoreWaitTests {
    private let clock = TestClock()
    private let access: StoreAccess
    private let requester = ScriptedRequester()
    private let gate = Gate()

    init() {
        access = StoreAccess(
            clock: BrokerClock(clock, now: clock.wallClock), logger: LogRecording().makeLogger())
    }

    /// A store call of a request, which the gate delays.
    private func call(for requester: ScriptedRequester) -> Task<Result<Void, StoreFailure>, Never> {
        Task { [access, gate] in
            await StoreAccess.$requester.withValue(requester) {
                do throws(StoreFailure) {
                    return .success(
                        try await access.call(.reserve) { () async throws(StoreFailure) in await gate.passStubbornly() }
                    )
                } catch {
                    return .failure(error)
                }
            }
        }
    }

    @Test("uses no capacity once the store is unresponsive, and again once it answers")
    func silence() async throws {
        let call = call(for: requester)
        try await clock.waitForSleepers()
        clock.advance(by: StorePulse.patience - .milliseconds(1))
        #expect(requester.events.isEmpty)
        clock.advance(by: .milliseconds(1))
        try await requester.waitForEvents(1)
        #expect(requester.events == [.wait])
        gate.open()
        try await call.value.get()
        #expect(requester.events == [.wait, .back])
    }

    @Test("counts as active while the store answers others")
    func slowness() async throws {
        let call = call(for: requester)
        for _ in 0..<10 {
            try await clock.waitForSleepers()
            try await access.call(.append) { () async throws(StoreFailure) in }
            clock.advance(by: StorePulse.patience / 2)
        }
        try await clock.waitForSleepers()
        #expect(requester.events.isEmpty)
        gate.open()
        try await call.value.get()
        #expect(requester.events.isEmpty)
    }

    @Test("uses no capacity from the start if the store is known to be unresponsive, until it has answered")
    func knownSilence() async throws {
        let first = call(for: requester)
        try await clock.waitForSleepers()
        clock.advance(by: StorePulse.patience)
        try await requester.waitForEvents(1)
        let (second, third) = (ScriptedRequester(), ScriptedRequester())
        let another = call(for: second)
        try await second.waitForEvents(1)
        // A failure is not a sign of life.
        let failure = StoreFailure("The lock is held.", mayHaveHappened: false, reason: .locked)
        await #expect(throws: failure) {
            try await access.call(.append) { () async throws(StoreFailure) in throw failure }
        }
        let yetAnother = call(for: third)
        try await third.waitForEvents(1)
        gate.open()
        for call in [first, another, yetAnother] { try await call.value.get() }
        #expect(second.events == [.wait, .back] && third.events == [.wait, .back])
        let last = ScriptedRequester()
        try await call(for: last).value.get()
        #expect(last.events.isEmpty)
    }

    @Test("returns when its time is over")
    func late() async throws {
        let call = call(for: requester)
        try await clock.waitForSleepers()
        clock.advance(by: StorePulse.patience)
        try await requester.waitForEvents(1)
        try await clock.waitForSleepers()
        clock.advance(by: StoreAccess.timeout)
        await #expect(throws: StoreFailure.late) { try await call.value.get() }
        #expect(requester.events == [.wait, .back])
        gate.open()
    }

    @Test("is told nothing if its time is over first")
    func shortTime() async throws {
        let call = await access.handlingRequest(within: StorePulse.patience / 2) { self.call(for: requester) }
        try await clock.waitForSleepers()
        clock.advance(by: StorePulse.patience / 2)
        await #expect(throws: StoreFailure.late) { try await call.value.get() }
        #expect(requester.events.isEmpty)
        gate.open()
    }

    @Test("is also told of a wait for another task's store call")
    func othersCall() async throws {
        let work = Task.detached { [gate] in await gate.passStubbornly() }
        let wait = Task { [access, requester] in
            await StoreAccess.$requester.withValue(requester) { await access.wait(for: work) }
        }
        try await clock.waitForSleepers()
        clock.advance(by: StorePulse.patience)
        try await requester.waitForEvents(1)
        gate.open()
        await wait.value
        #expect(requester.events == [.wait, .back])
    }

    @Test("is told nothing of what continues after its answer, such as a purge")
    func purge() async throws {
        let store = ScriptedStore(ScriptedStore.Script(purge: { [gate] in await gate.passStubbornly() }))
        let housekeeper = Housekeeper(
            store, through: access, .automatic, clock: BrokerClock(clock, now: clock.wallClock),
            logger: LogRecording().makeLogger())
        StoreAccess.$requester.withValue(requester) { housekeeper.countLogin() }
        try await gate.waitForArrivals()
        try await clock.waitForSleepers()
        clock.advance(by: StorePulse.patience)
        try await clock.waitForSleepers()
        gate.open()
        await housekeeper.finish()
        #expect(requester.events.isEmpty)
    }
}

extension StoreFailure {
    fileprivate static let late = StoreFailure(
        "The store did not answer in time.", mayHaveHappened: true, reason: .late)
}
