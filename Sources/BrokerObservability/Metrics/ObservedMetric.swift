/// A number that is read when metrics are shown, rather than kept up to date.
package struct ObservedMetric: Sendable, Hashable {
    let name: String
    let kind: MetricKind
    let help: String
    let value: Double

    /// The metric's family, with one series that has no labels.
    var family: MetricFamily {
        MetricFamily(name: name, kind: kind, help: help, series: ["": ObservedSeries(value: value)])
    }
}

/// A number as it was read.
private final class ObservedSeries: MetricSeries {
    private let value: Double

    init(value: Double) {
        self.value = value
    }

    func samples() -> [MetricSample] {
        [MetricSample(value: value)]
    }
}
