import Metrics

/// What a store has to do, in metrics: `broker_store_pending_operations`, and of a pool `broker_store_connections` by state
/// and `broker_store_connections_max`.
///
/// The factory is the one that the process, or the task, was set up with when this was made.
package struct StoreGauges: Sendable {
    private let pending: Gauge
    private let idle: Gauge?
    private let used: Gauge?

    /// - Parameter mostConnections: How many connections a pool opens at most; nil for a store without one.
    package init(mostConnections: Int? = nil) {
        let factory = MetricsSystem.factory
        pending = Gauge(label: "broker_store_pending_operations", factory: factory)
        pending.record(0)
        guard let mostConnections else {
            (idle, used) = (nil, nil)
            return
        }
        let connections = { (state: String) in
            Gauge(label: "broker_store_connections", dimensions: [("state", state)], factory: factory)
        }
        (idle, used) = (connections("idle"), connections("used"))
        report(idle: 0, used: 0)
        Gauge(label: "broker_store_connections_max", factory: factory).record(mostConnections)
    }

    /// How many operations wait for their turn.
    package func report(pending count: Int) {
        pending.record(count)
    }

    /// How many connections have nothing to do, and how many work or are being made.
    package func report(idle: Int, used: Int) {
        self.idle?.record(idle)
        self.used?.record(used)
    }
}
