import BrokerTesting
import Testing
import broker_probe

/// A store that several processes can have open. The tests across processes run for each in the list.
protocol ProcessStoreFixture: StoreFixture, CustomTestStringConvertible {
    /// How another process opens the storage.
    func choice(for storage: Storage) -> StoreChoice

    /// Marks the storage as migrated by a newer version.
    func supersede(_ storage: Storage) async throws
}

extension ProcessStoreFixture {
    /// Prepares a storage, runs the body with it, and removes it whatever the body does.
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
