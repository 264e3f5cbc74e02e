import BrokerConfiguration
import IdentityBroker
import Logging

extension Configuration {
    /// Makes the configured store, which is closed with the process.
    ///
    /// - Parameter timeout: How long this waits for a program that holds the store's lock, at most.
    func openStore(
        within timeout: Duration = StoreContext.openingTimeout,
        logger: Logger,
        endingWith end: OrderlyEnd
    ) throws(BrokerError) -> any LoginStore {
        let store = try makeStore(openingTimeout: timeout, logger: logger)
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
