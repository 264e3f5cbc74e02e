import Foundation
import IdentityBroker
import PostgresTesting
import Subprocess
import Testing

@testable import BrokerPostgres
@testable import BrokerSQLite

/// Writes stores as this version leaves them. Run it before a change of the schema; Snapshots/README.md says how.
@Suite(
    "The stores that later versions must open",
    .enabled(if: ProcessInfo.processInfo.environment["WRITE_STORE_SNAPSHOTS"] != nil), .serialized)
struct EarlierStoreWriting {
    private static let folder = URL(filePath: #filePath).appending(path: "../../Snapshots").standardized

    private func file(of store: EarlierStore, _ suffix: String = "") -> URL {
        Self.folder.appending(path: suffix.isEmpty ? store.fileName : "\(store.name)\(suffix)")
    }

    private func fill(_ store: some BrokerStore, as earlier: EarlierStore) async throws {
        let contents = try await EarlierBroker(over: store, at: EarlierBroker.written).fill()
        try await store.close()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try (encoder.encode(contents) + Data("\n".utf8)).write(to: file(of: earlier, ".json"))
    }

    @Test("are written by SQLite")
    func sqlite() async throws {
        let (storage, earlier) = (try SQLiteStorage(), EarlierStore(kind: .sqlite, schema: Migration.all.count))
        try await fill(SQLiteStore(path: storage.path), as: earlier)
        try Data(contentsOf: URL(filePath: storage.path)).write(to: file(of: earlier))
        try storage.remove()
    }

    @Test("are dumped by PostgreSQL")
    func postgres() async throws {
        let earlier = EarlierStore(kind: .postgres, schema: Migration.all.count)
        try await PostgresServer.shared.withDatabase { database in
            try await fill(PostgresStore(url: Secret(database.url)), as: earlier)
            let result = try await Subprocess.run(
                .name("pg_dump"),
                arguments: ["--inserts", "--no-owner", "--no-privileges", "--dbname", database.url],
                output: .string(limit: 1024 * 1024), error: .string(limit: 4096))
            #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
            // Newer versions write commands of psql around it, with a random key.
            let lines = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
            let dump = lines.filter { !$0.hasPrefix("\\") }.joined(separator: "\n")
            try dump.write(to: file(of: earlier), atomically: true, encoding: .utf8)
        }
    }
}
