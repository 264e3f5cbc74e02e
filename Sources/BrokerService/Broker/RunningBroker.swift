public import BrokerConfiguration
import CurlTransport
public import IdentityBroker
public import Logging

/// A broker as a configuration describes it, with the store and the transport that it stands on.
///
/// ```swift
/// let running = try RunningBroker(configuration)
/// let identity = try await running.broker.login("wxapp", with: .ticket(ticket))
/// await running.shutdown()
/// ```
///
/// Make one for the life of the process, and shut it down before the process exits.
public struct RunningBroker: Sendable {
    /// The broker.
    public let broker: Broker
    /// Where it remembers logins and accounts.
    public let store: any LoginStore

    private let end: OrderlyEnd

    /// Makes every instance that is configured, and opens the store.
    ///
    /// - Parameters:
    ///   - configuration: What is made.
    ///   - housekeeping: Who deletes what has expired in the store. A process that ends after a login or two leaves it to
    ///     others.
    ///   - logger: Gets what concerns the broker. No secret, ticket, token or phone number.
    /// - Throws: ``ConfigurationError`` with every problem of the instances, or ``BrokerError`` where the store or libcurl
    ///   cannot be used. Nothing is left open then.
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

    /// Ends what the broker does beside its logins, then the transport, then the store. Call it once no login is under way.
    ///
    /// - Parameter bound: How long this takes at most.
    /// - Returns: Whether all of it has ended. Otherwise threads may still run, under which the process must not call `exit`.
    @discardableResult
    public func shutdown(within bound: Duration = .seconds(10)) async -> Bool {
        await end.run(within: bound) == .complete
    }

    /// Makes a broker of one instance, for a process that ends after a login. It leaves purging to a service or to
    /// `broker store prepare`.
    ///
    /// - Parameter store: The store, where it is not the configured one, which is opened within the instance's timeout.
    package init(
        of id: ProviderID,
        in configuration: Configuration,
        storedIn store: (any LoginStore)? = nil,
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
    ///   - store: A store whose own end was added before.
    ///   - upstreamRequests: How many requests to upstreams may be under way.
    ///   - idleUpstreamConnections: How many connections to upstreams are kept for the next request.
    ///   - end: Gets the ends of the transport and the broker.
    package init(
        providers: [ProviderInstance],
        store: any LoginStore,
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
        self.end = end
    }
}
