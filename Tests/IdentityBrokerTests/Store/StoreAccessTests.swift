import BrokerTesting
import Logging
import Metrics
import Testing

@testable import IdentityBroker

@Suite("Access to the store", .timeLimit(.minutes(1)))
struct StoreAccessTests {
    private let clock = TestClock()
    private let log = LogRecording()
    private let brokerClock: BrokerClock
    private let access: StoreAccess

    init() {
        brokerClock = BrokerClock(clock, now: clock.wallClock)
        access = StoreAccess(clock: brokerClock, logger: log.makeLogger())
    }

    private func deadline(in time: Duration) -> Deadline { Deadline(in: time, by: brokerClock) }

    @Test("ends with the store's result, which continues even if the caller is cancelled")
    func cancellation() async throws {
        let (gate, journal) = (Gate(), Journal())
        let task = Task {
            try await access.call(.append) { () async throws(StoreFailure) in
                await gate.passStubbornly()
                journal.note(Task.isCancelled ? "cancelled" : "undisturbed")
                return 42
            }
        }
        try await gate.waitForArrivals()
        task.cancel()
        gate.open()
        #expect(try await task.value == 42)
        #expect(journal.entries == ["undisturbed"])
    }

    @Test("ends at the deadline, and says whether the call may have happened", arguments: [true, false])
    func deadline(hasBegun: Bool) async throws {
        let gate = Gate()
        let call = Locked<StoreCall?>(nil)
        let task = Task {
            await Result { [access] in
                try await access.call(.reserve, until: deadline(in: .seconds(2))) { () async throws(StoreFailure) in
                    StoreCall.current?.wait()
                    if hasBegun { _ = StoreCall.current?.begin() }
                    call.withLock { $0 = StoreCall.current }
                    await gate.passStubbornly()
                }
            }
        }
        try await gate.waitForArrivals()
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(2))
        let failure = await #expect(throws: StoreFailure.self) { try await task.value.get() }
        #expect(failure?.reason == .late)
        #expect(failure?.mayHaveHappened == hasBegun)
        // A call that has not begun is dropped.
        #expect(call.withLock { $0 }?.begin() == false)
        #expect(log.mentions("reserve"))
        gate.open()
    }

    @Test("does not begin late calls, except for a verdict, which gets a grace period")
    func late() async throws {
        let journal = Journal()
        let deadline = deadline(in: .seconds(1))
        clock.advance(by: .seconds(1))
        await #expect(throws: StoreFailure.self) {
            try await access.call(.reserve, until: deadline) { () async throws(StoreFailure) in journal.note("begun") }
        }
        #expect(journal.entries.isEmpty)
        let gate = Gate()
        let task = Task {
            try await access.call(.conclude, until: deadline, isVerdict: true) { () async throws(StoreFailure) in
                journal.note("verdict")
                await gate.passStubbornly()
            }
        }
        try await clock.waitForSleepers()
        clock.advance(by: StoreAccess.grace)
        await #expect(throws: StoreFailure.self) { try await task.value }
        #expect(journal.entries == ["verdict"])
        gate.open()
    }

    @Test("gives all calls of a request its time in total")
    func request() async throws {
        let gate = Gate()
        let task = Task {
            try await access.handlingRequest(within: .seconds(3)) { () async throws(StoreFailure) in
                try await access.call(.record) { () async throws(StoreFailure) in }
                clock.advance(by: .seconds(2))
                try await access.call(.account) { () async throws(StoreFailure) in await gate.passStubbornly() }
            }
        }
        try await gate.waitForArrivals()
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
        let failure = await #expect(throws: StoreFailure.self) { try await task.value }
        #expect(failure?.reason == .late)
        gate.open()
    }

    @Test(
        "reports a lasting failure of repeated calls once an hour, and when it is over",
        arguments: [true, false])
    func lasting(isRepeated: Bool) async {
        let failure = StoreFailure("disk gone", mayHaveHappened: false)
        let operation = isRepeated ? StoreAccess.Operation.keyRing : .append
        func call(_ failure: StoreFailure?) async {
            try? await access.call(operation) { () async throws(StoreFailure) in if let failure { throw failure } }
        }
        for _ in 0..<3 {
            await call(failure)
            clock.advance(by: .seconds(30 * 60))
        }
        await call(nil)
        await call(nil)
        let failures = log.entries.filter { $0.message == "store failed" }
        let told: [String?] = isRepeated ? [nil, "3600"] : [nil, nil, nil]
        #expect(failures.map { $0.metadata["broker.lasting_seconds"] } == told)
        let ends = log.entries.filter { $0.message == "the store works again" }
        #expect(ends.map { $0.metadata["broker.lasting_seconds"] } == (isRepeated ? ["5400"] : []))
    }

    @Test("logs the failures of a flood of requests once a minute, with their number")
    func flood() async {
        func fail(_ count: Int) async {
            for _ in 0..<count {
                try? await access.call(.reserve) { () async throws(StoreFailure) in
                    throw StoreFailure("disk gone", mayHaveHappened: false)
                }
            }
        }
        await fail(100)
        clock.advance(by: .seconds(59))
        await fail(1)
        clock.advance(by: .seconds(1))
        await fail(1)
        let failures = log.entries.filter { $0.message == "store failed" }
        #expect(failures.map { $0.metadata["broker.store.failures"] } == [nil, "101"])
    }

    @Test("takes at most five seconds by default")
    func standard() async throws {
        let gate = Gate()
        let task = Task {
            try await access.call(.keyRing) { () async throws(StoreFailure) in await gate.passStubbornly() }
        }
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(5))
        await #expect(throws: StoreFailure.self) { try await task.value }
        gate.open()
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
