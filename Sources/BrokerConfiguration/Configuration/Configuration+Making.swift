public import IdentityBroker
public import Logging

extension Configuration {
    /// Makes one provider instance. Only its own secrets are read, and of one that is switched off, none.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unknownProvider``, ``BrokerError/Kind/misconfigured``, or
    ///   ``BrokerError/Kind/internalError`` for a defect of the provider type.
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

    /// Makes all provider instances, those that are switched off included, in the order of the file.
    ///
    /// - Throws: ``ConfigurationError`` with the problems of all of them and of the files they need to connect, without
    ///   which every login would fail.
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

    /// What the user's app passes on to open the upstream's app. Reads no secret.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unknownProvider``, or as ``ProviderEntry/launchRequest()``.
    public func launchRequest(_ id: ProviderID) throws(BrokerError) -> LaunchRequest {
        try entry(for: id).launchRequest()
    }

    /// Makes the store, and reads its secrets.
    ///
    /// - Parameter openingTimeout: How long this waits for others at most, such as for a program that holds the store's lock.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``, ``BrokerError/Kind/unavailable`` where the same
    ///   configuration may work later, or ``BrokerError/Kind/internalError`` for a defect of the store's kind.
    public func makeStore(
        resolver: SecretResolver = .process,
        openingTimeout: Duration = StoreContext.openingTimeout,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(BrokerError) -> any LoginStore {
        do {
            let context = StoreContext(logger: logger, resolver: resolver, openingTimeout: openingTimeout)
            return try store.makeStore(in: context, resolver: resolver)
        } catch {
            throw BrokerError(error)
        }
    }
}
