import BrokerTesting
import GRDB
import IdentityBroker
import Logging
import Testing

@testable import BrokerSQLite

@Suite("A call whose caller gave up", .timeLimit(.minutes(5)))
struct DeadlineTests {
    private let directory: TemporaryDirectory
    private let access = StoreAccess(clock: .system, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func reserve(
        _ number: Int,
        in store: SQLiteStore,
        within timeout: Duration
    ) async -> Result<Bool, StoreFailure> {
        do throws(StoreFailure) {
            return .success(
                try await access.call(.reserve, until: Deadline(in: timeout, by: .system)) {
                    () async throws(StoreFailure) in try await store.reserve(.example(number), at: .at(0))
                })
        } catch {
            return .failure(error)
        }
    }

    @Test("is dropped while a shell holds the lock, and has surely not happened")
    func locked() async throws {
        var limits = WriterLimits()
        // Longer than any caller waits.
        limits.busyTimeout = .seconds(60)
        limits.patience = .seconds(120)
        let store = try SQLiteStore(path: directory.database, limits: limits)
        let lock = try HeldLock(on: directory.database)
        for number in 0..<3 {
            guard case .failure(let failure) = await reserve(number, in: store, within: .milliseconds(50)) else {
                Issue.record("it was reserved beside a lock")
                continue
            }
            #expect(failure.reason == .late)
            #expect(!failure.mayHaveHappened)
        }
        try lock.release()
        // What was dropped is not reserved, although its turn has come.
        for number in 0..<3 { #expect(try await store.reserve(.example(number), at: .at(0))) }
    }

    @Test("completes if it has begun, and may have happened as far as its caller knows")
    func begun() async throws {
        let store = try SQLiteStore(path: directory.database)
        let (gate, clock) = (Locked(false), TestClock())
        let deadline = Deadline(in: .milliseconds(50), by: BrokerClock(clock, now: clock.wallClock))
        let (beginnings, hasBegun) = AsyncStream.makeStream(of: Void.self)
        // The first operation in the transaction delays the others, which have not begun.
        let slow = Task {
            await access.result(until: deadline) { () async throws(StoreFailure) in
                try await store.commits.run { database in
                    hasBegun.yield()
                    while !gate.withLock({ $0 }) { try? database.execute(sql: "SELECT 1") }
                    try database.run(.reserve(.example(0), at: .at(0)))
                }
            }
        }
        for await _ in beginnings { break }
        try await clock.waitForSleepers()
        clock.advance(by: .milliseconds(50))
        guard case .failure(let failure) = await slow.value else {
            Issue.record("it came to an end behind a gate")
            return
        }
        #expect(failure.reason == .late)
        #expect(failure.mayHaveHappened)
        gate.withLock { $0 = true }
        #expect(try await store.reserve(.example(0), at: .at(0)) == false)
    }
}

extension StoreAccess {
    fileprivate func result<Value: Sendable>(
        until deadline: Deadline,
        _ body: @escaping @Sendable () async throws(StoreFailure) -> Value
    ) async -> Result<Value, StoreFailure> {
        do throws(StoreFailure) {
            return .success(try await call(.reserve, until: deadline, body))
        } catch {
            return .failure(error)
        }
    }
}
