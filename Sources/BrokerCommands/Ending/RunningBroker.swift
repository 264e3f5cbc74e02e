import CurlTransport
import IdentityBroker
import Logging

/// A broker with the transport and the store that it stands on. They end with the process: the broker's own work first, then
/// the transport, then the store.
struct RunningBroker: Sendable {
    let broker: Broker

    /// Starts a broker.
    ///
    /// - Parameters:
    ///   - store: A store whose own end was added before.
    ///   - upstreamConnections: How many connections to upstreams may be open at once.
    ///   - end: Gets the ends of the transport and the broker.
    init(
        providers: [ProviderInstance],
        store: any LoginStore,
        retention: Duration,
        housekeeping: Housekeeping,
        upstreamConnections: Int = 4096,
        logger: Logger,
        endingWith end: OrderlyEnd
    ) throws(BrokerError) {
        let transport: CurlTransport
        do {
            // Idle connections to one upstream must not keep logins from another.
            transport = try CurlTransport(
                connectionPoolSize: max(1, min(1024, upstreamConnections / 2)), mostConnections: upstreamConnections)
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
    }
}
