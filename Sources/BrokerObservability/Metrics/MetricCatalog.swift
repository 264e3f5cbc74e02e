/// All the metrics there are, by what code calls them and by what they are called where they are shown.
struct MetricCatalog: Sendable {
    /// Why a metric is not shown.
    enum Refusal: String, Sendable, CaseIterable, Error {
        /// There are as many as there may be.
        case capacity
        /// Another kind of metric has the name.
        case conflict
    }

    private let capacity: Int
    private let help: [String: String]
    private var handles: [HandleKey: any MetricSeries] = [:]
    private var families: [String: MetricFamily] = [:]
    /// Which family has which name of a sample.
    private var owners: [String: String] = [:]

    init(capacity: Int, help: [String: String]) {
        self.capacity = capacity
        self.help = help
    }

    /// The families by their names.
    var sortedFamilies: [MetricFamily] {
        families.values.sorted { $0.name < $1.name }
    }

    /// The series that the key was used for before.
    func known(_ key: HandleKey) -> (any MetricSeries)? {
        handles[key]
    }

    /// Takes a new series in, unless another key has led to the same one before.
    ///
    /// - Returns: The series that counts.
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

    /// Drops a series.
    mutating func remove(_ series: AnyObject) {
        handles = handles.filter { $0.value !== series }
        for (name, var family) in families {
            family.series = family.series.filter { $0.value !== series }
            families[name] = family.series.isEmpty ? nil : family
            if family.series.isEmpty { owners = owners.filter { $0.value != name } }
        }
    }
}
