public import BrokerConfiguration
import CurlTransport
public import IdentityBroker
public import Logging

/// A broker made from a configuration, with its store and its transport.
///
/// ```swift
/// let running = try RunningBroker(configuration)
/// let identity = try await running.broker.login("wxapp", with: .ticket(ticket))
/// await running.shutdown()
/// ```
///
/// Create one for the lifetime of the process, and shut it down before the process exits.
public struct RunningBroker: Sendable {
    /// The broker.
    public let broker: Broker
    /// The store of its logins and accounts.
    public let store: any BrokerStore

    /// What the broker reaches upstreams over, for whatever else the service sends.
    let transport: any UpstreamTransport
    private let end: OrderlyEnd

    /// Makes all configured instances, and opens the store.
    ///
    /// - Parameters:
    ///   - configuration: The configuration.
    ///   - housekeeping: Who removes expired entries from the store. A process that ends after a login or two leaves it
    ///     to others.
    ///   - logger: For the broker's events. No secret, ticket, token or phone number.
    /// - Throws: ``ConfigurationError`` with every problem of the instances, or ``BrokerError`` if the store or libcurl
    ///   cannot be used. Nothing is then left open.
    public init(
        _ configuration: Configuration,
        housekeeping: Housekeeping = .automatic,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) async throws {
        let end = OrderlyEnd()
        do {
            let instances = try configuration.makeInstances(logger: logger)
            try self.init(
                providers: instances,
                store: configuration.openStore(logger: logger, endingWith: end),
                retention: configuration.retention,
                housekeeping: housekeeping,
                logger: logger,
                endingWith: end
            )
        } catch {
            await end.run(within: .seconds(10))
            throw error
        }
    }

    /// Ends the broker's background work, then the transport, then the store. Call it once no login is under way.
    ///
    /// - Parameter bound: The maximum duration.
    /// - Returns: Whether all of it has ended. If not, threads may still run, and the process must not call `exit`.
    @discardableResult
    public func shutdown(within bound: Duration = .seconds(10)) async -> Bool {
        await end.run(within: bound) == .complete
    }

    /// Makes a broker with one instance, for a process that ends after a login. It leaves purging to a service or to
    /// `broker store prepare`.
    ///
    /// - Parameter store: The store; nil for the configured one, which is then opened within the instance's timeout.
    package init(
        of id: ProviderID,
        in configuration: Configuration,
        storedIn store: (any BrokerStore)? = nil,
        logger: Logger,
        endingWith end: OrderlyEnd
    ) throws(BrokerError) {
        let instance = try configuration.makeInstance(id, logger: logger)
        let timeout = min(instance.limits.timeout, StoreContext.openingTimeout)
        let store =
            if let store { store } else {
                try configuration.openStore(within: timeout, logger: logger, endingWith: end)
            }
        try self.init(
            providers: [instance],
            store: store,
            retention: configuration.retention,
            housekeeping: .elsewhere,
            logger: logger,
            endingWith: end
        )
    }

    /// Starts a broker.
    ///
    /// - Parameters:
    ///   - store: A store whose closing is already registered.
    ///   - upstreamRequests: The maximum number of concurrent requests to upstreams.
    ///   - idleUpstreamConnections: The maximum number of idle connections kept to upstreams.
    ///   - end: Where the shutdown of transport and broker is registered.
    package init(
        providers: [ProviderInstance],
        store: any BrokerStore,
        retention: Duration,
        housekeeping: Housekeeping,
        upstreamRequests: Int = 4096,
        idleUpstreamConnections: Int = 1024,
        logger: Logger,
        endingWith end: OrderlyEnd
    ) throws(BrokerError) {
        let transport: CurlTransport
        do {
            transport = try CurlTransport(
                connectionPoolSize: idleUpstreamConnections, mostConnections: upstreamRequests)
        } catch {
            throw BrokerError(.internalError, "libcurl cannot be used: \(error)")
        }
        end.add("the transport") { await transport.shutdown() }
        let broker = try Broker(
            providers: providers,
            transport: transport,
            store: store,
            retention: retention,
            housekeeping: housekeeping,
            logger: logger
        )
        end.add("the broker") { await broker.finish() }
        self.broker = broker
        self.store = store
        self.transport = transport
        self.end = end
    }
}

extension Configuration {
    /// Makes the configured store, and registers its closing.
    ///
    /// - Parameter timeout: How long this may wait for a program that holds the store's lock.
    package func openStore(
        within timeout: Duration = StoreContext.openingTimeout,
        logger: Logger,
        endingWith end: OrderlyEnd
    ) throws(BrokerError) -> any BrokerStore {
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
