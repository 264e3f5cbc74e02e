import Foundation
import GRDB
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres
@testable import BrokerSQLite

/// A store as an earlier version left it.
struct EarlierStore: Sendable {
    enum Kind: String, CaseIterable {
        case sqlite, postgres

        /// How many migrations the present version knows.
        var migrationCount: Int {
            switch self {
            case .sqlite: Schema.migrator.migrations.count
            case .postgres: Migration.all.count
            }
        }
    }

    let kind: Kind
    /// The number of its newest migration.
    let schema: Int

    static let all = [4, 5, 6, 7].flatMap { schema in Kind.allCases.map { EarlierStore(kind: $0, schema: schema) } }

    private static let folder = Bundle.module.bundleURL.appending(path: "Snapshots")

    var name: String { "schema-\(schema).\(kind)" }
    var fileName: String { kind == .sqlite ? name : "\(name).sql" }

    /// What it contained when it was written.
    var contents: EarlierContents {
        get throws {
            try JSONDecoder().decode(
                EarlierContents.self, from: Data(contentsOf: Self.folder.appending(path: "\(name).json")))
        }
    }

    /// Opens a copy with the present version, and removes it afterwards.
    func withCopy(_ body: (any BrokerStore) async throws -> Void) async throws {
        let file = Self.folder.appending(path: fileName)
        switch kind {
        case .sqlite:
            let (fixture, storage) = (SQLiteStoreFixture(), try SQLiteStorage())
            try Data(contentsOf: file).write(to: URL(filePath: storage.path))
            try await use(fixture.open(storage), body)
            try fixture.remove(storage)
        case .postgres:
            try await PostgresServer.shared.withDatabase { database in
                try await restore(String(contentsOf: file, encoding: .utf8), in: database)
                try await use(PostgresStoreFixture().open(database), body)
            }
        }
    }

    private func use(_ store: any BrokerStore, _ body: (any BrokerStore) async throws -> Void) async throws {
        do {
            try await body(store)
        } catch {
            try? await store.close()
            throw error
        }
        try await store.close()
    }

    /// Runs the statements of a dump with INSERT statements, each of which ends its line.
    private func restore(_ dump: String, in database: PostgresDatabase) async throws {
        let session = try await database.session()
        let lines = dump.split(separator: "\n").filter { !$0.hasPrefix("--") }
        for statement in (lines.joined(separator: "\n") + "\n").split(separator: ";\n") {
            try await session.run(String(statement))
        }
    }
}

extension EarlierStore: CustomTestStringConvertible {
    var testDescription: String { name }
}
