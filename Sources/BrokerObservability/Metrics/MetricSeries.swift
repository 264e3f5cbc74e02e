import CoreMetrics
import IdentityBroker
import Synchronization

/// The values of one metric with one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    /// The current values, in export order.
    func samples() -> [MetricSample]
}

/// One exported value.
struct MetricSample: Sendable, Hashable {
    /// The suffix of the metric's name.
    var suffix = ""
    /// The bucket's upper bound, for a histogram's buckets.
    var bound: Double?
    let value: Double
}

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

/// The number of values in each of a few ranges, and their sum.
final class HistogramSeries: MetricSeries, RecorderHandler, TimerHandler {
    private struct State: Sendable {
        /// The number of values in each range; the last entry counts those above every bound.
        var counts: [Double]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Locked<State>

    /// - Parameter bounds: The upper bounds of the ranges, in ascending order.
    init(bounds: [Double]) {
        self.bounds = bounds
        state = Locked(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Int64) {
        record(Double(value))
    }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let range = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[range] += 1
            state.sum += value
        }
    }

    /// Prometheus's base unit of time is the second.
    func recordNanoseconds(_ duration: Int64) {
        record(Double(max(0, duration)) / 1e9)
    }

    func samples() -> [MetricSample] {
        let state = state.withLock { $0 }
        var total = 0.0
        var samples = zip(bounds + [.infinity], state.counts).map { bound, count in
            total += count
            return MetricSample(suffix: "_bucket", bound: bound, value: total)
        }
        samples.append(MetricSample(suffix: "_sum", value: state.sum))
        samples.append(MetricSample(suffix: "_count", value: total))
        return samples
    }
}

/// A number that several threads can change without a lock.
struct AtomicDouble: ~Copyable, Sendable {
    private let bits = Atomic(Double.zero.bitPattern)

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func store(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    func add(_ amount: Double) {
        var old = bits.load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + amount).bitPattern
            let outcome = bits.weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if outcome.exchanged { return }
            old = outcome.original
        }
    }
}
