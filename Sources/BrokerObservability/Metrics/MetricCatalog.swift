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
