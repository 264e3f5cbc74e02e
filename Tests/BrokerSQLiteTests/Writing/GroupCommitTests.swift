import BrokerTesting
import Dispatch
import Foundation
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("A group commit", .timeLimit(.minutes(15)))
struct GroupCommitTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Starts this many reservations of different keys, and returns once all of them wait behind the blockade.
    private func pile(_ count: Int, on store: SQLiteStore) async -> Task<[Bool], any Error> {
        let task = Task {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<count {
                    group.addTask { try await store.reserve(.example(number), at: .at(0)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        await store.waits(for: count)
        return task
    }

    @Test(
        "writes pending operations in as few transactions as its batch allows",
        arguments: [(1_000, 1), (1_001, 2), (2_500, 3)])
    func commits(_ count: Int, _ expected: Int) async throws {
        let store = try SQLiteStore(path: directory.database)
        let commits = CommitCounter(of: store)
        let blockade = Blockade(of: store)
        let reservations = await pile(count, on: store)
        blockade.lift()
        #expect(try await reservations.value == Array(repeating: true, count: count))
        #expect(commits.count == expected)
    }

    @Test("does not wait for company")
    func alone() async throws {
        let store = try SQLiteStore(path: directory.database)
        let commits = CommitCounter(of: store)
        for number in 0..<10 {
            #expect(try await store.reserve(.example(number), at: .at(0)))
        }
        #expect(commits.count == 10)
    }

    @Test("refuses what exceeds its limit at once, and does what it accepted")
    func bound() async throws {
        let store = try SQLiteStore.impatient(at: directory.database) { $0.waiting = 20 }
        let blockade = Blockade(of: store)
        let reservations = await pile(20, on: store)
        let failure = await store.failure { store throws(StoreFailure) in
            try await store.reserve(.example(20), at: .at(0))
        }
        #expect(failure?.mayHaveHappened == false)
        blockade.lift()
        #expect(try await reservations.value == Array(repeating: true, count: 20))
        #expect(try await store.reserve(.example(20), at: .at(0)))
    }

    @Test("fails all who share it, and writes nothing of any, if a statement fails")
    func statementFailure() async throws {
        let store = try SQLiteStore(path: directory.database)
        try await store.execute(
            """
            CREATE TEMP TRIGGER refusal BEFORE INSERT ON audit_event WHEN NEW.provider = 'refused'
            BEGIN SELECT RAISE(ABORT, 'no'); END
            """)
        let blockade = Blockade(of: store)
        let failures = await withTaskGroup(of: StoreFailure?.self) { group in
            for number in 0..<10 {
                group.addTask {
                    await store.failure { store throws(StoreFailure) in
                        try await store.append(.example(number == 5 ? "refused" : "\(number)"))
                    }
                }
            }
            await store.waits(for: 10)
            blockade.lift()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(failures.map { $0?.mayHaveHappened } == Array(repeating: false, count: 10))
        #expect(try await store.newestEvents(10).isEmpty)
        try await store.append(.example("next"))
        #expect(try await store.newestEvents(10).map(\.provider) == ["next"])
    }

    @Test("does what was asked even if the caller was cancelled")
    func cancellation() async throws {
        let store = try SQLiteStore(path: directory.database)
        let blockade = Blockade(of: store)
        let reservation = await pile(1, on: store)
        reservation.cancel()
        blockade.lift()
        #expect(try await reservation.value == [true])
        #expect(try await store.reserve(.example(0), at: .at(0)) == false)
    }

    @Test("gives up on a disk that does not answer, and resumes once it does")
    func hanging() async throws {
        let store = try SQLiteStore.impatient(at: directory.database) { $0.patience = .milliseconds(20) }
        let disk = DispatchSemaphore(value: 0)
        async let underWay = store.failure { store throws(StoreFailure) in
            try await store.commits.run { _ in disk.wait() }
        }
        async let waiting = store.failure { store throws(StoreFailure) in
            try await store.reserve(.example(0), at: .at(0))
        }
        let failures = await [underWay, waiting]
        #expect(failures.contains { $0?.mayHaveHappened == true })
        let refused = await store.failure { store throws(StoreFailure) in
            try await store.reserve(.example(1), at: .at(0))
        }
        #expect(refused?.mayHaveHappened == false)
        disk.signal()
        while await store.failure(of: { store throws(StoreFailure) in try await store.append(.example()) }) != nil {
            await Task.yield()
        }
        #expect(try await store.newestEvents(10).count == 1)
    }

    @Test("does what was asked before the store was closed, and nothing afterwards")
    func closing() async throws {
        let store = try SQLiteStore(path: directory.database)
        let blockade = Blockade(of: store)
        let reservations = await pile(2_000, on: store)
        async let closing: Void = store.close()
        blockade.lift()
        #expect(try await reservations.value.count == 2_000)
        try await closing
        try await store.close()
        let failure = await store.failure { store throws(StoreFailure) in try await store.append(.example()) }
        #expect(failure?.mayHaveHappened == false)
        #expect(failure?.message.contains("closed") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["broker.sqlite"])
    }
}
