import Measurement
import Synchronization

/// Durations and failures, recorded from any thread.
final class LoopTally: Sendable {
    private let durations = Durations()
    private let failures = Atomic<Int>(0)

    func add(nanoseconds: UInt64, succeeded: Bool) {
        durations.add(nanoseconds: nanoseconds)
        if !succeeded { failures.add(1, ordering: .relaxed) }
    }

    func figures(count: Int, nanoseconds: UInt64, processor: UInt64) -> LoopFigures {
        LoopFigures(
            count: count,
            failures: failures.load(ordering: .relaxed),
            seconds: Double(nanoseconds) / 1e9,
            processorMicroseconds: Double(processor) / 1e3,
            median: durations.quantile(0.5),
            percentile99: durations.quantile(0.99)
        )
    }
}
