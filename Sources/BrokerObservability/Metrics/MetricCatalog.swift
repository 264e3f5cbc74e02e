/// All metrics, by the keys that code uses and by their exported names.
struct MetricCatalog: Sendable {
    /// Why a metric is not exported.
    enum Refusal: String, Sendable, CaseIterable, Error {
        /// The maximum number of series is reached.
        case capacity
        /// A metric of another kind has the name.
        case conflict
    }

    private let capacity: Int
    private let help: [String: String]
    private var handles: [HandleKey: any MetricSeries] = [:]
    private var families: [String: MetricFamily] = [:]
    /// The family that owns each sample name.
    private var owners: [String: String] = [:]

    init(capacity: Int, help: [String: String]) {
        self.capacity = capacity
        self.help = help
    }

    /// The families, sorted by name.
    var sortedFamilies: [MetricFamily] {
        families.values.sorted { $0.name < $1.name }
    }

    /// The series that this key already refers to.
    func known(_ key: HandleKey) -> (any MetricSeries)? {
        handles[key]
    }

    /// Adds a new series, unless another key already leads to the same name and labels.
    ///
    /// - Returns: The series to use: the existing one, or the new one.
    mutating func add(_ new: any MetricSeries, for key: HandleKey) throws(Refusal) -> any MetricSeries {
        guard handles.count < capacity else { throw .capacity }
        let (name, labels) = (key.name, key.labels)
        var family = families[name] ?? MetricFamily(name: name, kind: key.kind, help: help[name] ?? key.label)
        guard family.kind == key.kind, family.sampleNames.allSatisfy({ owners[$0, default: name] == name }) else {
            throw .conflict
        }
        let series = family.series[labels] ?? new
        family.series[labels] = series
        families[name] = family
        for sampleName in family.sampleNames { owners[sampleName] = name }
        handles[key] = series
        return series
    }

    /// Removes a series.
    mutating func remove(_ series: AnyObject) {
        handles = handles.filter { $0.value !== series }
        for (name, var family) in families {
            family.series = family.series.filter { $0.value !== series }
            families[name] = family.series.isEmpty ? nil : family
            if family.series.isEmpty { owners = owners.filter { $0.value != name } }
        }
    }
}

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

extension String {
    /// A metric's name: `[a-zA-Z_:][a-zA-Z0-9_:]*`, with an underscore for everything else.
    var metricName: String { identifier { $0 == ":" } }

    /// A label's name: `[a-zA-Z_][a-zA-Z0-9_]*`. Prometheus reserves names that begin with two underscores, and the
    /// labels of histogram buckets (`le`) and summaries (`quantile`).
    var labelName: String {
        let name = identifier { _ in false }
        if name.hasPrefix("__") { return "_" + name.drop { $0 == "_" } }
        return name == "le" || name == "quantile" ? "exported_" + name : name
    }

    var escapedLabelValue: String {
        escapedHelp.replacing("\"", with: "\\\"")
    }

    var escapedHelp: String {
        replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private func identifier(allowing isExtra: (Unicode.Scalar) -> Bool) -> String {
        var name = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": name.append(scalar)
            case "0"..."9":
                if name.isEmpty { name.append("_") }
                name.append(scalar)
            default: name.append(isExtra(scalar) ? scalar : "_")
            }
        }
        return name.isEmpty ? "_" : String(name)
    }
}
