package import BrokerConfiguration
package import IdentityBroker
package import Logging

extension Configuration {
    /// Makes the configured store, and registers its closing.
    ///
    /// - Parameter timeout: How long this may wait for a program that holds the store's lock.
    package func openStore(
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

    /// The same for a service, whose store also keeps accounts, grants and keys.
    func openBrokerStore(logger: Logger, endingWith end: OrderlyEnd) throws(BrokerError) -> any BrokerStore {
        let store = try openStore(logger: logger, endingWith: end)
        guard let store = store as? any BrokerStore else {
            throw .misconfigured("A store of kind \(storeKind.name) keeps no accounts and grants. Use another kind.")
        }
        return store
    }
}
