import CoreMetrics
import IdentityBroker

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
