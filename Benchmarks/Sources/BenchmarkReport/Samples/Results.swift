/// All samples, by cell.
struct Results {
    private let samples: [Cell: [Sample]]

    init(_ samples: [Sample]) {
        self.samples = Dictionary(grouping: samples, by: \.cell).mapValues { $0.sorted { $0.round < $1.round } }
    }

    /// The cells of a part of the run.
    func cells(_ suite: Suite) -> [Cell] {
        samples.keys.filter { $0.suite == suite }
    }

    /// A figure of a cell, round by round.
    func values(_ figure: Figure, of cell: Cell) -> [Double] {
        (samples[cell] ?? []).compactMap { $0.figures[figure.rawValue] }
    }

    func spread(_ figure: Figure, of cell: Cell) -> Spread? {
        Spread(values(figure, of: cell))
    }

    /// Compares a figure of two cells within each round that has both.
    func paired(
        _ figure: Figure,
        _ first: Cell,
        _ second: Cell,
        _ compare: (Double, Double) -> Double
    ) -> Spread? {
        let seconds = byRound(figure, of: second)
        return Spread(
            byRound(figure, of: first).compactMap { round, value in seconds[round].map { compare(value, $0) } }
        )
    }

    /// A figure of one cell, divided by that of another.
    func ratio(_ figure: Figure, of first: Cell, to second: Cell) -> Spread? {
        paired(figure, first, second) { $0 / $1 }
    }

    private func byRound(_ figure: Figure, of cell: Cell) -> [Int: Double] {
        let values = (samples[cell] ?? []).compactMap { sample in
            sample.figures[figure.rawValue].map { (sample.round, $0) }
        }
        return Dictionary(values) { $1 }
    }
}
