import ArgumentParser
import BrokerPostgres
import BrokerSQLite
import IdentityBroker

/// Which store the logins are recorded in.
struct StoreOptions: ParsableArguments, Sendable {
    @Option(help: "The kind of store.")
    var store = StoreChoice.memory

    @Option(help: "The path or URL of the store's database.")
    var database: String?

    func validate() throws {
        guard store == .memory || database != nil else {
            throw ValidationError("Where is the database? Give --database.")
        }
    }

    func open() throws -> any BrokerStore {
        switch store {
        case .memory: MemoryStore(capacity: 10_000_000)
        case .sqlite: try SQLiteStore(path: database ?? "")
        case .postgres: try PostgresStore(url: Secret(database ?? ""))
        }
    }
}
