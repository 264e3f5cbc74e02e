import Measurement

// Unchecked: the counts in C are atomic, and the pointer to them never changes.

/// A histogram of durations.
public final class Durations: @unchecked Sendable {
    private let counts = histogram_create()

    /// Creates an empty histogram.
    public init() {}

    /// Records a duration.
    public func add(nanoseconds: UInt64) {
        histogram_add(counts, nanoseconds)
    }

    /// The duration, in microseconds, that this share of all durations does not exceed.
    public func quantile(_ share: Double) -> Double {
        Double(histogram_quantile(counts, share)) / 1e3
    }
}
