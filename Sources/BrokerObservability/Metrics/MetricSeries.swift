/// The numbers of one metric with one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    /// The numbers as they are now, in the order in which they are shown.
    func samples() -> [MetricSample]
}
