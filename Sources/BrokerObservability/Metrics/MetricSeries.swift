/// The values of one metric with one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    /// The current values, in export order.
    func samples() -> [MetricSample]
}
