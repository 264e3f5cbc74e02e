import Dispatch
import GRDB

@testable import BrokerSQLite

/// Blocks a store's writer, so that operations pile up.
struct Blockade: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    init(of store: SQLiteStore) {
        store.connection.asyncWriteWithoutTransaction { [gate] _ in gate.wait() }
    }

    func lift() {
        gate.signal()
    }
}
