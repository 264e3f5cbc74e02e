public import IdentityBroker
public import Logging

extension Configuration {
    /// Makes one provider instance. Only its own secrets are read, and none if it is disabled.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unknownProvider``, ``BrokerError/Kind/misconfigured``, or
    ///   ``BrokerError/Kind/internalError`` for a bug in the provider type.
    public func makeInstance(
        _ id: ProviderID,
        resolver: SecretResolver = .process,
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(BrokerError) -> ProviderInstance {
        let entry = try entry(for: id)
        do {
            return try entry.makeInstance(resolver: resolver, clock: clock, logger: logger)
        } catch {
            throw BrokerError(error)
        }
    }

    /// Makes all provider instances, including disabled ones, in file order.
    ///
    /// - Throws: ``ConfigurationError`` with the problems of all of them, and of the files that they need to connect.
    public func makeInstances(
        resolver: SecretResolver = .process,
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(ConfigurationError) -> [ProviderInstance] {
        var instances: [ProviderInstance] = []
        var problems: [ConfigurationProblem] = []
        for entry in providers {
            do {
                instances.append(try entry.makeUsableInstance(resolver: resolver, clock: clock, logger: logger))
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return instances
    }

    /// Makes the store, and reads its secrets.
    ///
    /// - Parameter openingTimeout: How long this may wait for others, such as a program that holds the store's lock.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``, ``BrokerError/Kind/unavailable`` if the
    ///   same configuration may work later, or ``BrokerError/Kind/internalError`` for a bug in the store's kind.
    public func makeStore(
        resolver: SecretResolver = .process,
        openingTimeout: Duration = StoreContext.openingTimeout,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(BrokerError) -> any BrokerStore {
        do {
            let context = StoreContext(logger: logger, resolver: resolver, openingTimeout: openingTimeout)
            return try store.makeStore(in: context, resolver: resolver)
        } catch {
            throw BrokerError(error)
        }
    }
}
