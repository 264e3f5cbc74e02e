import BrokerTesting
import Testing
import broker_probe

/// A store that more than one process can have open. The tests across processes run for each in the list.
protocol ProcessStoreFixture: StoreFixture, CustomTestStringConvertible {
    /// What another process opens the storage by.
    func choice(for storage: Storage) -> StoreChoice
}

extension ProcessStoreFixture {
    /// Prepares a storage, runs the body with it, and takes it away whatever the body does.
    func withStorage(_ body: (StoreChoice) async throws -> Void) async throws {
        let storage = try await makeStorage()
        do {
            try await body(choice(for: storage))
        } catch {
            try await remove(storage)
            throw error
        }
        try await remove(storage)
    }
}

let processStores: [any ProcessStoreFixture] = [SQLiteStoreFixture(), PostgresStoreFixture()]
