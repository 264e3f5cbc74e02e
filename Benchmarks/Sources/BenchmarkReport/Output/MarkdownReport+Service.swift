extension MarkdownReport {
    /// How the service performs under load, and what running one costs.
    var serviceSections: [String] {
        exchangeSection
            + section(
                "Tokens checked, one after the other",
                .verification,
                [("tokens", .rate, .perSecond), ("CPU a token", .processor, .microseconds)]
                    + [("p50", .median, .microseconds), ("p99", .percentile99, .microseconds)]
            )
            + section(
                "The service as a process",
                .start,
                [("ready after", .ready, .milliseconds), ("resident, idle", .resident, .kibibytes)]
                    + [("CPU a second, idle", .idleProcessor, .milliseconds), ("stopped after", .stop, .milliseconds)]
            )
    }

    private var exchangeSection: [String] {
        let cells = results.cells(.service).sorted { ($0.inFlight, $0.subject) < ($1.inFlight, $1.subject) }
        guard !cells.isEmpty else { return [] }
        let (closed, open) = (cells.filter { $0.inFlight > 0 }, cells.filter { $0.inFlight == 0 })
        let rows = (closed + open).map { cell in
            let subject = cell.inFlight > 0 ? "\(cell.inFlight) \(cell.subject)" : cell.subject
            return [subject] + Self.exchangeColumns.map { $0.text(cell, results) }
        }
        let table = MarkdownTable([""] + Self.exchangeColumns.map(\.title), rows)
        return ["## Ticket → tokens through the service on SQLite, all on the same cores", table.text]
    }

    private struct ExchangeColumn {
        let title: String
        let figure: Figure
        let unit: Unit
        var divisor = 1.0

        func text(_ cell: Cell, _ results: Results) -> String {
            Spread(results.values(figure, of: cell).map { $0 / divisor }).map(unit.text) ?? "–"
        }
    }

    private static var exchangeColumns: [ExchangeColumn] {
        [
            ExchangeColumn(title: "begun", figure: .offered, unit: .perSecond),
            ExchangeColumn(title: "tokens within 1 s", figure: .rate, unit: .perSecond),
            ExchangeColumn(title: "p50", figure: .median, unit: .milliseconds, divisor: 1000),
            ExchangeColumn(title: "p99", figure: .percentile99, unit: .milliseconds, divisor: 1000),
            ExchangeColumn(title: "refused", figure: .refused, unit: .count),
            ExchangeColumn(title: "p99 of refusals", figure: .refusalPercentile99, unit: .milliseconds, divisor: 1000),
            ExchangeColumn(title: "neither", figure: .lost, unit: .count),
            ExchangeColumn(title: "the service's CPU an exchange", figure: .processor, unit: .microseconds),
            ExchangeColumn(title: "its cores", figure: .cores, unit: .times),
            ExchangeColumn(title: "its peak", figure: .peak, unit: .kibibytes),
        ]
    }
}
