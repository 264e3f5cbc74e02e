/// One exported value.
struct MetricSample: Sendable, Hashable {
    /// The suffix of the metric's name.
    var suffix = ""
    /// The bucket's upper bound, for a histogram's buckets.
    var bound: Double?
    let value: Double
}
