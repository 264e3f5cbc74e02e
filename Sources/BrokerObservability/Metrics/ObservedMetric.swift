/// A metric whose value is read at each scrape instead of being kept up to date.
package struct ObservedMetric: Sendable, Hashable {
    let name: String
    let kind: MetricKind
    let help: String
    let value: Double

    /// The metric's family, with a single series without labels.
    var family: MetricFamily {
        MetricFamily(name: name, kind: kind, help: help, series: ["": ObservedSeries(value: value)])
    }
}

/// A value as read.
private final class ObservedSeries: MetricSeries {
    private let value: Double

    init(value: Double) {
        self.value = value
    }

    func samples() -> [MetricSample] {
        [MetricSample(value: value)]
    }
}
