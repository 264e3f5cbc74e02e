/// One client's line in a panel.
struct PlotSeries {
    let subject: String
    let color: String
    let points: [(inFlight: Int, spread: Spread)]

    static let drawn = [
        (Subject.rawPoll, "#888888"), (Subject.rawEpoll, "#bbbbbb"), (Subject.transport, "#1f77b4"),
        (Subject.memoryLogin, "#2ca02c"), (Subject.sqliteLogin, "#9467bd"), (Subject.postgresLogin, "#8c564b"),
        (Subject.asyncHTTPClient, "#ff7f0e"),
    ]

    /// Nil if there is no measurement of the client.
    init?(_ results: Results, subject: String, color: String, delay: Int) {
        let cells = results.cells(.load)
            .filter { $0.subject == subject && $0.delay == delay && $0.connections == .kept }
            .sorted { $0.inFlight < $1.inFlight }
        points = cells.compactMap { cell in
            results.spread(.processor, of: cell).map { (cell.inFlight, $0) }
        }
        guard !points.isEmpty else { return nil }
        self.subject = subject
        self.color = color
    }
}
