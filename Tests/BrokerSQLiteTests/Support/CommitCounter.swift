import GRDB
import IdentityBroker

@testable import BrokerSQLite

/// Counts the transactions that a store commits.
final class CommitCounter: TransactionObserver, Sendable {
    private let commits = Locked(0)

    init(of store: SQLiteStore) {
        store.connection.add(transactionObserver: self, extent: .databaseLifetime)
    }

    var count: Int { commits.withLock { $0 } }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidRollback(_ database: Database) {}

    func databaseDidCommit(_ database: Database) {
        commits.withLock { $0 += 1 }
    }
}
