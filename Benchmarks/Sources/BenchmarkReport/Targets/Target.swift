/// A target and its measured value.
struct Target {
    /// The target, with its bound.
    let statement: String
    /// The measured value; nil if it was not measured.
    let measured: String?
    let isMet: Bool

    /// Compares the median with a bound.
    init(_ statement: String, _ spread: Spread?, _ unit: Unit, atMost bound: Double) {
        self.init(statement, spread, unit) { $0 <= bound }
    }

    /// Compares the median with a bound.
    init(_ statement: String, _ spread: Spread?, _ unit: Unit, atLeast bound: Double) {
        self.init(statement, spread, unit) { $0 >= bound }
    }

    /// Compares the median with a bound that it must not reach.
    init(_ statement: String, _ spread: Spread?, _ unit: Unit, below bound: Double) {
        self.init(statement, spread, unit) { $0 < bound }
    }

    private init(_ statement: String, _ spread: Spread?, _ unit: Unit, _ isReached: (Double) -> Bool) {
        self.statement = statement
        measured = spread.map(unit.text)
        isMet = spread.map { isReached($0.median) } ?? false
    }

    var verdict: String {
        measured == nil ? "not measured" : isMet ? "met" : "**not met**"
    }

    static func all(in results: Results) -> [Target] {
        transport(in: results) + login(in: results) + durableStores(in: results) + flatness(in: results)
            + endurance(in: results) + isolation(in: results) + process(in: results) + service(in: results)
    }
}
