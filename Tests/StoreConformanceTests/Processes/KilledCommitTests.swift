import BrokerTesting
import IdentityBroker
import LoopbackServer
import PostgresTesting
import Testing
import broker_probe

@Suite("A commit of records whose process or connection ends between two statements")
struct KilledCommitTests {
    @Test("is done completely or not at all on SQLite, before whichever statement", .timeLimit(.minutes(15)))
    func sqlite() async throws {
        let (fixture, isOver) = (SQLiteStoreFixture(), Locked(false))
        var answers: [Bool] = []
        while !isOver.withLock({ $0 }) {
            let change = RecordChange(statements: answers.count)
            try await fixture.withStorage { choice in
                try await prepare(choice)
                let (told, isKilled) = try await ProbeProcess.runOrKill(
                    ProbeJob(store: choice, task: .change(change)))
                let isDone = try await RecordChange.isDone(in: choice.open())
                #expect(isDone != nil)
                #expect(isDone == true || !told.contains(.committed))
                answers.append(isDone ?? false)
                isOver.withLock { $0 = !isKilled }
            }
        }
        // It begins, reads, deletes, puts, appends and commits.
        #expect(answers.count > 15)
        #expect(answers.first == false && answers.last == true)
    }

    @Test(
        "is done completely or not at all on PostgreSQL, during whichever statement", .timeLimit(.minutes(5)),
        arguments: Hold.allCases)
    fileprivate func postgres(_ hold: Hold) async throws {
        try await withPrepared(hold) { choice, database, blocker in
            let held = try HeldStartLine()
            let job = ProbeJob(store: choice, task: .change(RecordChange(start: held.line)))
            let told = try await ProbeProcess.kill(job) { transcript in
                try await transcript.wait { $0.contains(.prepared) ? () : nil }
                try await hold.take(on: blocker)
                held.release()
                _ = try await waiting(at: hold, in: database)
            }
            #expect(!told.contains(.committed))
            try await blocker.run("ROLLBACK")
            // The server may still do what it was sent.
            let others = """
                SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                """
            while try await !blocker.run(others).isEmpty {
                try Task.checkCancellation()
                await Task.yield()
            }
            #expect(try await RecordChange.isDone(in: choice.open()) != nil)
        }
    }

    @Test(
        "is not done on PostgreSQL if its session is terminated", .timeLimit(.minutes(5)), arguments: Hold.allCases)
    fileprivate func session(_ hold: Hold) async throws {
        try await withPrepared(hold) { choice, database, blocker in
            let store = try choice.open()
            try await store.prepare()
            _ = try await store.newestEvents(1)
            try await hold.take(on: blocker)
            let commit = Task { try await store.commit(RecordChange.operations, at: RecordChange.now) }
            for pid in try await waiting(at: hold, in: database) {
                try await blocker.run("SELECT pg_terminate_backend(\(pid))")
            }
            await #expect(throws: StoreFailure.self) { try await commit.value }
            try await blocker.run("ROLLBACK")
            #expect(try await RecordChange.isDone(in: store) == false)
            _ = try await store.commit(RecordChange.operations, at: RecordChange.now)
            #expect(try await RecordChange.isDone(in: store) == true)
            try await store.close()
        }
    }

    private func prepare(_ choice: StoreChoice) async throws {
        let store = try choice.open()
        try await RecordChange.prepare(store)
        try await store.close()
    }

    /// - Parameter body: Gets the session that is to hold up the commit, until it rolls back.
    private func withPrepared(
        _ hold: Hold,
        _ body: (StoreChoice, PostgresDatabase, PostgresSession) async throws -> Void
    ) async throws {
        try await PostgresServer.shared.withDatabase { database in
            let choice = PostgresStoreFixture().choice(for: database)
            try await prepare(choice)
            let blocker = try await database.session()
            for sql in hold.preparation { try await blocker.run(sql) }
            try await body(choice, database, blocker)
        }
    }

    /// The sessions that wait in the statement that is held up, once there are any.
    private func waiting(at hold: Hold, in database: PostgresDatabase) async throws -> [String] {
        let session = try await database.session()
        let waiting = """
            SELECT DISTINCT pid FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE NOT granted AND datname = current_database() AND starts_with(query, $1)
            """
        while true {
            try Task.checkCancellation()
            let pids = try await session.run(waiting, [hold.heldStatement]).compactMap { $0[0] }
            guard pids.isEmpty else { return pids }
            await Task.yield()
        }
    }
}

/// What another session holds, so that a commit waits for it in one of its statements.
private enum Hold: CaseIterable, CustomTestStringConvertible {
    case version, name, row, write, commit

    var preparation: [String] {
        guard self == .commit else { return [] }
        return [
            """
            CREATE FUNCTION identity_broker.wait() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END $$
            """,
            """
            CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON identity_broker.audit_event
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION identity_broker.wait()
            """,
        ]
    }

    private var statement: String {
        switch self {
        case .version: "LOCK TABLE identity_broker.migration IN ACCESS EXCLUSIVE MODE"
        case .name:
            """
            SELECT pg_advisory_xact_lock(
                hashtextextended('identity-broker "identity_broker" record change consumed', 0))
            """
        case .row: "SELECT FROM identity_broker.stored_record WHERE id = 'consumed' FOR UPDATE"
        case .write: "LOCK TABLE identity_broker.audit_event IN EXCLUSIVE MODE"
        case .commit: "SELECT pg_advisory_xact_lock(7)"
        }
    }

    func take(on session: PostgresSession) async throws {
        for sql in ["BEGIN", statement] { try await session.run(sql) }
    }

    /// How the statement of the commit begins that waits for it.
    var heldStatement: String {
        switch self {
        case .version: "SELECT 1 / (NOT EXISTS"
        case .name: "SELECT CASE WHEN is_shared THEN pg_advisory_xact_lock_shared"
        case .row: "SELECT CASE WHEN is_shared THEN (SELECT 1 FROM"
        case .write: "WITH asked AS"
        case .commit: "COMMIT"
        }
    }

    var testDescription: String { "\(self)" }
}
