/// The type of a metric, as the text exposition format names it.
enum MetricKind: String, Sendable {
    case counter
    case gauge
    case histogram

    /// The suffixes that the metric's name has in its samples.
    var suffixes: [String] {
        switch self {
        case .counter, .gauge: [""]
        case .histogram: ["", "_bucket", "_sum", "_count"]
        }
    }
}
