import CoreMetrics

/// A number that only grows.
final class CounterSeries: MetricSeries, CounterHandler, FloatingPointCounterHandler {
    private let total = AtomicDouble()

    func increment(by amount: Int64) {
        increment(by: Double(amount))
    }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        total.add(amount)
    }

    func reset() {
        total.store(0)
    }

    func samples() -> [MetricSample] {
        [MetricSample(value: total.value)]
    }
}
