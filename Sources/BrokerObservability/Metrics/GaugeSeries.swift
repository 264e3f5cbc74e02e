import CoreMetrics

/// A number that goes up and down.
final class GaugeSeries: MetricSeries, RecorderHandler, MeterHandler {
    private let current = AtomicDouble()

    func record(_ value: Int64) { current.store(Double(value)) }
    func record(_ value: Double) { current.store(value) }
    func set(_ value: Int64) { current.store(Double(value)) }
    func set(_ value: Double) { current.store(value) }
    func increment(by amount: Double) { current.add(amount) }
    func decrement(by amount: Double) { current.add(-amount) }

    func samples() -> [MetricSample] {
        [MetricSample(value: current.value)]
    }
}
