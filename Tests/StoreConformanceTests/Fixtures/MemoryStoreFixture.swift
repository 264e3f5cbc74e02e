import BrokerTesting
import IdentityBroker

struct MemoryStoreFixture: StoreFixture {

    func makeStorage() -> MemoryStore { MemoryStore() }

    func open(_ storage: MemoryStore) -> any BrokerStore { storage }
}
