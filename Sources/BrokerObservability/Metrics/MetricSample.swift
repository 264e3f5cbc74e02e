/// One number to show.
struct MetricSample: Sendable, Hashable {
    /// What comes behind the metric's name.
    var suffix = ""
    /// The bucket's upper bound, for a histogram's buckets.
    var bound: Double?
    let value: Double
}
