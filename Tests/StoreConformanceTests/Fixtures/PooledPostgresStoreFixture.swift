import BrokerTesting
import IdentityBroker
import Logging
import PostgresTesting

@testable import BrokerPostgres

/// PostgreSQL behind a pooler that may give each transaction a different session.
struct PooledPostgresStoreFixture: StoreFixture {
    let isShared = true

    private static let pooler = Task { try await Pooler(before: PostgresServer.shared) }

    func makeStorage() async throws -> PostgresDatabase {
        try await PostgresServer.shared.database()
    }

    func open(_ database: PostgresDatabase) async throws -> any BrokerStore {
        try PostgresStore(url: Secret(try await Self.pooler.value.url(of: database)))
    }

    func remove(_ database: PostgresDatabase) async throws { try await database.drop() }
}
