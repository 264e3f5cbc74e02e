import BrokerTesting
import IdentityBroker
import Logging
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("An operation whose caller gave up", .timeLimit(.minutes(2)))
struct AbandonedOperationTests {
    private let access = StoreAccess(clock: .system, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

    private func operation(_ number: UInt8, isAbandoned: Bool) -> PendingOperation {
        var operation = PendingOperation.reserving(.example(number))
        let call = StoreCall()
        call.wait()
        if isAbandoned { _ = call.giveUp() }
        operation.call = call
        return operation
    }

    @Test("leaves its batch before the batch begins", arguments: [[], [0], [1, 3], [0, 1, 2, 3]])
    func batch(abandoned: [Int]) {
        var line = WaitingLine()
        for number in 0..<4 { line.add(operation(UInt8(number), isAbandoned: abandoned.contains(number))) }
        let parts = line.next()?.begin()
        #expect(parts?.abandoned.count == abandoned.count)
        #expect(parts?.begun.flatMap(\.operations).count == 4 - abandoned.count)
        #expect(parts?.begun.count == (abandoned.count == 4 ? 0 : 1))
    }

    private func reserve(
        _ number: UInt8,
        in store: PostgresStore,
        until deadline: Deadline
    ) async -> Result<Bool, StoreFailure> {
        do throws(StoreFailure) {
            return .success(
                try await access.call(.reserve, until: deadline) {
                    () async throws(StoreFailure) in try await store.reserve(.example(number), at: .at(0))
                })
        } catch {
            return .failure(error)
        }
    }

    @Test("may have happened if it was sent, and has not if it still waits")
    func locked() async throws {
        try await PostgresServer.shared.withDatabase { database in
            var options = PostgresOptions()
            options.connections = 1
            options.statementTimeout = .seconds(20)
            let store = try database.store(options: options)
            _ = try await store.newestEvents(1)
            let session = try await database.session()
            try await session.run("BEGIN")
            try await session.run("LOCK TABLE identity_broker.reservation IN ACCESS EXCLUSIVE MODE")
            let clock = TestClock()
            let deadline = Deadline(in: .milliseconds(500), by: BrokerClock(clock, now: clock.wallClock))
            async let first = reserve(1, in: store, until: deadline)
            // Once sent, it waits for the lock.
            let blocked = """
                SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'identity_broker.reservation'::regclass
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            while try await session.run(blocked).isEmpty {
                try Task.checkCancellation()
                await Task.yield()
            }
            async let second = reserve(2, in: store, until: deadline)
            try await clock.waitForSleepers(2)
            clock.advance(by: .milliseconds(500))
            let outcomes = await (first, second)
            try await session.run("ROLLBACK")
            guard case .failure(let sent) = outcomes.0, case .failure(let waiting) = outcomes.1 else {
                Issue.record("it was reserved beside a lock")
                return
            }
            #expect(sent.reason == .late && sent.mayHaveHappened)
            #expect(waiting.reason == .late && !waiting.mayHaveHappened)
            // The statement that was sent continues, and the one that waited is dropped.
            #expect(try await store.reserve(.example(1), at: .at(0)) == false)
            #expect(try await store.reserve(.example(2), at: .at(0)))
        }
    }

    @Test("says how the server failed")
    func reasons() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            try await store.append(.example())
            try await database.run("ALTER TABLE identity_broker.reservation RENAME TO elsewhere")
            let gone = await #expect(throws: StoreFailure.self) { try await store.reserve(.example(), at: .at(0)) }
            #expect(gone?.reason == .incomplete)
            #expect(gone?.mayHaveHappened == false)
            try await database.run("ALTER TABLE identity_broker.elsewhere RENAME TO reservation")
            #expect(try await store.reserve(.example(), at: .at(0)))
        }
    }

    @Test(
        "has the reason for the server's code",
        arguments: [
            ("53100", StoreFailure.Reason.full), ("25006", .readOnly), ("42501", .denied), ("3F000", .incomplete),
            ("42P01", .incomplete), ("42703", .incomplete), ("XX001", .corrupt), ("XX002", .corrupt),
            ("XX000", .failed), ("57014", .late),
            ("57P01", .unreachable), ("08006", .unreachable), ("55P03", .locked), ("28P01", .denied),
            ("3D000", .denied), ("53300", .overloaded), ("22021", .failed),
        ])
    func codes(code: String, reason: StoreFailure.Reason) {
        #expect(PostgresFailure("it failed", code: code, mayHaveHappened: false).kind == reason)
    }

    @Test("is counted while it waits, and its connection while it works")
    func summary() {
        var pool = PoolState(connections: 2, capacity: 10, backoff: Backoff())
        #expect(pool.summary == PoolState.Summary(waiting: 0, idle: 0, used: 0))
        _ = pool.add(operation(1, isAbandoned: false))
        #expect(pool.summary == PoolState.Summary(waiting: 1, idle: 0, used: 1))
        _ = pool.next(for: 0)
        #expect(pool.summary == PoolState.Summary(waiting: 0, idle: 0, used: 1))
        _ = pool.next(for: 0)
        #expect(pool.summary == PoolState.Summary(waiting: 0, idle: 1, used: 0))
    }
}
