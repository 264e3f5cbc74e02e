import BrokerTesting
import IdentityBroker

struct MemoryStoreFixture: StoreFixture {
    let keepsAccounts = true

    func makeStorage() -> MemoryStore { MemoryStore() }

    func open(_ storage: MemoryStore) -> any LoginStore { storage }
}
