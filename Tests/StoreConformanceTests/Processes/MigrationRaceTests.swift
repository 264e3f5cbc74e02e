import PostgresTesting
import Testing
import broker_probe

@Suite("Processes that start at once on an empty PostgreSQL database")
struct MigrationRaceTests {
    @Test("create its tables once, and none of them fails", .timeLimit(.minutes(15)))
    func tenProcesses() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let choice = PostgresStoreFixture().choice(for: database)
            let job = ProbeJob(store: choice, task: .race(CredentialRace(credentials: 1, callers: 1)))
            let transcripts = try await HeldStartLine.run(Array(repeating: job, count: 10))
            #expect(transcripts.count == 10)
            #expect(transcripts.flatMap(\.won) == [0])
            #expect(try await database.run("SELECT max(number) FROM identity_broker.migration") == [["7"]])
        }
    }
}
