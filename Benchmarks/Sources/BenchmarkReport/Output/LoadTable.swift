/// All clients on one kind of connection and one delay, by how many requests are in flight.
struct LoadTable {
    private let results: Results
    private let cells: [Cell]

    init(_ results: Results, connections: Connections, delay: Int) {
        self.results = results
        cells = results.cells(.load)
            .filter { $0.connections == connections && $0.delay == delay }
            .sorted {
                ($0.inFlight, Self.rank($0.subject), $0.subject) < ($1.inFlight, Self.rank($1.subject), $1.subject)
            }
    }

    var isEmpty: Bool { cells.isEmpty }

    var markdown: MarkdownTable {
        MarkdownTable(
            ["client", "in flight", "requests/s", "CPU µs a request", "p50 ms", "p99 ms", "peak MiB"],
            cells.map { cell in
                [
                    cell.subject, "\(cell.inFlight)", text(.rate, cell, 1, 0), text(.processor, cell, 1, 1),
                    text(.median, cell, 1000, 2), text(.percentile99, cell, 1000, 2), text(.peak, cell, 1024, 0),
                ]
            }
        )
    }

    private func text(_ figure: Figure, _ cell: Cell, _ divisor: Double, _ places: Int) -> String {
        guard let spread = results.spread(figure, of: cell) else { return "–" }
        let values = [spread.median, spread.least, spread.greatest].map { ($0 / divisor).rounded(toPlaces: places) }
        return values[1] == values[2] ? values[0] : "\(values[0]) (\(values[1])–\(values[2]))"
    }

    /// The reference first, then the broker, then the others.
    private static func rank(_ subject: String) -> Int {
        [
            Subject.rawPoll, Subject.rawEpoll, Subject.transport, Subject.memoryLogin, Subject.sqliteLogin,
            Subject.postgresLogin, Subject.asyncHTTPClient,
        ].firstIndex(of: subject) ?? .max
    }
}
