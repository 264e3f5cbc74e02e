import Dispatch
import GRDB

@testable import BrokerSQLite

/// Keeps a store's writer from its work, so that operations pile up.
struct Blockade: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    init(of store: SQLiteStore) {
        store.connection.asyncWriteWithoutTransaction { [gate] _ in gate.wait() }
    }

    func lift() {
        gate.signal()
    }
}
