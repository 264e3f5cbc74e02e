/// A metric's kind, label and dimensions as code gives them. Looking up a series by them needs no sanitizing or
/// sorting.
struct HandleKey: Sendable, Hashable {
    let kind: MetricKind
    let label: String
    /// Names and values, alternating.
    private let dimensions: [String]

    init(_ kind: MetricKind, _ label: String, _ dimensions: [(String, String)]) {
        self.kind = kind
        self.label = label
        self.dimensions = dimensions.flatMap { [$0, $1] }
    }

    /// The metric's exported name.
    var name: String { label.metricName }

    /// The exported labels, sorted by name and without braces. If two have the same name, the first wins.
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
