import Measurement

/// How often which duration was seen.
public final class Durations: @unchecked Sendable {
    // Sendable, because its counts are atomic.
    private let counts = histogram_create()

    /// No durations yet.
    public init() {}

    /// Notes a duration.
    public func add(nanoseconds: UInt64) {
        histogram_add(counts, nanoseconds)
    }

    /// The duration in microseconds that this share of all does not exceed.
    public func quantile(_ share: Double) -> Double {
        Double(histogram_quantile(counts, share)) / 1e3
    }
}
