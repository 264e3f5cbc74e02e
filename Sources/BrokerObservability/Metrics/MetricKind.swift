/// What a metric is, in the words of the text exposition format.
enum MetricKind: String, Sendable {
    case counter
    case gauge
    case histogram

    /// What comes behind the metric's name in its samples.
    var suffixes: [String] {
        switch self {
        case .counter, .gauge: [""]
        case .histogram: ["", "_bucket", "_sum", "_count"]
        }
    }
}
