import PostgresTesting

@testable import BrokerPostgres

extension PostgresDatabase {
    /// A store whose statements may wait for a test.
    func patientStore() throws -> PostgresStore {
        var options = PostgresOptions()
        options.statementTimeout = .seconds(20)
        return try store(options: options)
    }

    /// Returns once somebody in this database waits for a lock.
    func waitForLock() async throws {
        let session = try await session()
        let waiting = """
            SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()
            """
        while try await session.run(waiting).isEmpty {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
