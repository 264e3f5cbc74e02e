import BrokerConfiguration
import IdentityBroker
import Logging

extension Configuration {
    /// Makes the configured store, which is closed with the process.
    func openStore(logger: Logger, endingWith end: OrderlyEnd) throws(BrokerError) -> any LoginStore {
        let store = try makeStore(logger: logger)
        end.add("the store") {
            do throws(StoreFailure) {
                try await store.close()
            } catch {
                logger.warning("the store failed to close", metadata: ["broker.store.message": "\(error.message)"])
            }
        }
        return store
    }
}
