import BrokerTesting
import Testing

@Suite("The shipped stores")
struct ConformanceTests {
    @Test("MemoryStore conforms", .timeLimit(.minutes(15)), arguments: StoreConformance(MemoryStoreFixture()).cases)
    func memory(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test("SQLiteStore conforms", .timeLimit(.minutes(15)), arguments: StoreConformance(SQLiteStoreFixture()).cases)
    func sqlite(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test("PostgresStore conforms", .timeLimit(.minutes(15)), arguments: StoreConformance(PostgresStoreFixture()).cases)
    func postgres(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test(
        "PostgresStore conforms behind a transaction pooler",
        .timeLimit(.minutes(15)), arguments: StoreConformance(PooledPostgresStoreFixture()).cases)
    func pooledPostgres(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}
