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
    ///   - upstreamRequests: How many requests to upstreams may be under way.
    ///   - idleUpstreamConnections: How many connections to upstreams are kept for the next request.
    ///   - end: Gets the ends of the transport and the broker.
    init(
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
    }
}
