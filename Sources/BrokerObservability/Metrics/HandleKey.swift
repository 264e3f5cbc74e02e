/// What code says when it asks for a metric. Looking a series up by it takes no sanitising and no sorting.
struct HandleKey: Sendable, Hashable {
    let kind: MetricKind
    let label: String
    /// Names and values in turn.
    private let dimensions: [String]

    init(_ kind: MetricKind, _ label: String, _ dimensions: [(String, String)]) {
        self.kind = kind
        self.label = label
        self.dimensions = dimensions.flatMap { [$0, $1] }
    }

    /// The metric's name as it is shown.
    var name: String { label.metricName }

    /// The labels as they are shown, without braces, by name. Of two with the same name the first counts.
    var labels: String {
        var values: [String: String] = [:]
        for index in stride(from: 0, to: dimensions.count, by: 2) {
            let name = dimensions[index].labelName
            if values[name] == nil { values[name] = dimensions[index + 1] }
        }
        return values.sorted { $0.key < $1.key }
            .map { "\($0)=\"\($1.escapedLabelValue)\"" }
            .joined(separator: ",")
    }
}
