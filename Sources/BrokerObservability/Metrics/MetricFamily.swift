/// All the series of one metric.
struct MetricFamily: Sendable {
    let name: String
    let kind: MetricKind
    /// A description for people.
    let help: String
    /// The series by their labels, as exported.
    var series: [String: any MetricSeries] = [:]

    /// The names its samples can have.
    var sampleNames: [String] { kind.suffixes.map { name + $0 } }

    /// Writes it in the text exposition format, version 0.0.4.
    func write(to text: inout String) {
        text += "# HELP \(name) \(help.escapedHelp)\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, series) in series.sorted(by: { $0.key < $1.key }) {
            for sample in series.samples() {
                text += name + sample.suffix
                let all = [labels, sample.bound.map { "le=\"\($0.exposition)\"" } ?? ""].filter { !$0.isEmpty }
                if !all.isEmpty { text += "{\(all.joined(separator: ","))}" }
                text += " \(sample.value.exposition)\n"
            }
        }
    }
}

extension Double {
    /// The number as Go's `ParseFloat` reads it, which the format requires.
    fileprivate var exposition: String {
        if isNaN { return "NaN" }
        if isInfinite { return self > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: self).map { "\($0)" } ?? "\(self)"
    }
}
