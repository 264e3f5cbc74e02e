import Metrics

/// The duration of store calls, by operation and result: `broker_store_operation_duration_seconds`.
///
/// The metrics factory is the one in effect when this is created, for the process or the task.
final class StoreMetrics: Sendable {
    private struct Key: Hashable {
        let operation: StoreAccess.Operation
        let failure: StoreFailure.Reason?
    }

    private let factory = MetricsSystem.factory
    private let timers = Locked<[Key: Metrics.Timer]>([:])

    func record<Value>(
        _ operation: StoreAccess.Operation,
        _ result: Result<Value, StoreFailure>,
        took duration: Duration
    ) {
        var failure: StoreFailure.Reason?
        if case .failure(let error) = result { failure = error.reason }
        timer(for: Key(operation: operation, failure: failure)).record(duration: duration)
    }

    private func timer(for key: Key) -> Metrics.Timer {
        timers.withLock { timers in
            if let timer = timers[key] { return timer }
            let dimensions = [
                ("operation", key.operation.rawValue), ("outcome", key.failure?.rawValue ?? "success"),
            ]
            let timer = Metrics.Timer(
                label: "broker_store_operation_duration_seconds", dimensions: dimensions, factory: factory)
            timers[key] = timer
            return timer
        }
    }
}

/// A store's load as metrics: `broker_store_pending_operations`, and for a pool `broker_store_connections` by state and
/// `broker_store_connections_max`.
///
/// The metrics factory is the one in effect when this is created, for the process or the task.
package struct StoreGauges: Sendable {
    private let pending: Gauge
    private let idle: Gauge?
    private let used: Gauge?

    /// - Parameter mostConnections: The maximum size of the pool; nil for a store without one.
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

    /// How many operations are queued.
    package func report(pending count: Int) {
        pending.record(count)
    }

    /// How many connections are idle, and how many are in use or being opened.
    package func report(idle: Int, used: Int) {
        self.idle?.record(idle)
        self.used?.record(used)
    }
}
