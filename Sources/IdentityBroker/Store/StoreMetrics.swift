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
