import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("An operation against its deadline", .timeLimit(.minutes(15)))
struct RaceTests {
    private struct Failure: Error, Equatable {}

    private let clock = TestClock()

    private func deadline(in timeout: Duration = .seconds(10)) -> Deadline {
        Deadline(in: timeout, by: BrokerClock(clock, now: clock.wallClock))
    }

    @Test("wins with its value")
    func value() async throws {
        #expect(try await Race.run(until: deadline()) { 42 }.get() == 42)
    }

    @Test("wins with its error")
    func failure() async {
        let result = await Race.run(until: deadline()) { throw Failure() }
        #expect(throws: Failure.self) { try result.get() }
    }

    @Test("reports when it is over, which may be long after it lost")
    func whenOver() async throws {
        let (gate, over) = (Gate(), Gate())
        async let result = Race.run(until: deadline()) {
            await gate.passStubbornly()
        } whenOver: {
            over.open()
        }
        try await gate.waitForArrivals()
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(10))
        let ended = await result
        #expect(throws: Race.DeadlinePassed.self) { try ended.get() }
        #expect(!over.isOpen)
        gate.open()
        try await over.pass()
    }

    @Test("is over at once if it does not begin")
    func neverBegun() async {
        let over = Gate()
        _ = await Race.run(until: deadline(in: .zero)) {
        } whenOver: {
            over.open()
        }
        #expect(over.isOpen)
    }

    @Test("loses when the deadline passes first, and is told")
    func deadlineFirst() async throws {
        let (gate, told) = (Gate(), Gate())
        async let result = Race.run(until: deadline()) {
            do { try await gate.pass() } catch is CancellationError { told.open() }
        }
        try await gate.waitForArrivals()
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(9))
        #expect(!told.isOpen)
        clock.advance(by: .seconds(1))
        let ended = await result
        #expect(throws: Race.DeadlinePassed.self) { try ended.get() }
        try await told.pass()
    }

    @Test("loses when its caller gives up first, and is told")
    func cancellationFirst() async throws {
        let (gate, told) = (Gate(), Gate())
        let race = Task {
            await Race.run(until: deadline()) {
                do { try await gate.pass() } catch is CancellationError { told.open() }
            }
        }
        try await gate.waitForArrivals()
        race.cancel()
        let ended = await race.value
        #expect(throws: CancellationError.self) { try ended.get() }
        try await told.pass()
    }

    @Test("delays no one if it ignores cancellation", arguments: [false, true])
    func stubborn(callerGivesUp: Bool) async throws {
        let gate = Gate()
        let race = Task { await Race.run(until: deadline()) { await gate.passStubbornly() } }
        try await gate.waitForArrivals()
        if callerGivesUp {
            race.cancel()
        } else {
            try await clock.waitForSleepers()
            clock.advance(by: .seconds(10))
        }
        // The gate is still shut: the test is that this returns.
        let ended = await race.value
        #expect(throws: (any Error).self) { try ended.get() }
        gate.open()
    }

    @Test("does not begin if the deadline has passed", arguments: [Duration.zero, .seconds(-1)])
    func overAlready(_ timeout: Duration) async {
        let journal = Journal()
        let result = await Race.run(until: deadline(in: timeout)) { journal.note("begun") }
        #expect(throws: Race.DeadlinePassed.self) { try result.get() }
        #expect(journal.entries.isEmpty)
    }

    @Test("does not begin if the caller gave up already")
    func cancelledAlready() async {
        let journal = Journal()
        let race = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await Race.run(until: deadline()) { journal.note("begun") }
        }
        let result = await race.value
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(journal.entries.isEmpty)
    }

    @Test("leaves no alarm behind when it wins")
    func alarm() async throws {
        let alarm = Gate()
        let clock = AlarmClock(whenCancelled: alarm)
        let result = await Race.run(until: Deadline(in: .seconds(10), by: BrokerClock(clock, now: { .now }))) { 42 }
        #expect(try result.get() == 42)
        try await alarm.pass()
    }

    @Test("ends once, however closely value, deadline and caller race")
    func photoFinish() async throws {
        for _ in 0..<200 {
            let (clock, gate) = (TestClock(), Gate())
            let deadline = Deadline(in: .seconds(1), by: BrokerClock(clock, now: clock.wallClock))
            let race = Task {
                await Race.run(until: deadline) {
                    await gate.passStubbornly()
                    return 42
                }
            }
            try await gate.waitForArrivals()
            async let ring: Void = clock.advance(by: .seconds(1))
            async let open: Void = gate.open()
            async let cancel: Void = race.cancel()
            _ = await (ring, open, cancel)
            switch await race.value {
            case .success(let value): #expect(value == 42)
            case .failure(let error): #expect(error is CancellationError || error is Race.DeadlinePassed)
            }
        }
    }
}
