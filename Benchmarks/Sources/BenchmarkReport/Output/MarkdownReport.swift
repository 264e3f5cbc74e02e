/// The whole report.
struct MarkdownReport {
    let results: Results
    let targets: [Target]
    let notes: [String]

    var text: String {
        var sections = ["# Benchmark results", notes.map { "- \($0)" }.joined(separator: "\n")]
        sections += ["## Targets", targetTable.text]
        sections += ["![CPU a request, by how many are in flight](plot.svg)"]
        sections += loadSections + allocationSection + partSections + serviceSections + absentSection + failureSection
        return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// The verdicts on the targets, for the terminal.
    var verdicts: String {
        targets.map { "\($0.verdict.filter { $0 != "*" }): \($0.statement): \($0.measured ?? "–")" }
            .joined(separator: "\n")
    }

    private var targetTable: MarkdownTable {
        MarkdownTable(
            ["target", "measured", "verdict"],
            targets.map { [$0.statement, $0.measured ?? "–", $0.verdict] }
        )
    }
}

extension MarkdownReport {
    private var loadSections: [String] {
        Connections.allCases.flatMap { connections in
            [0, 20, 200].flatMap { delay -> [String] in
                let table = LoadTable(results, connections: connections, delay: delay)
                guard !table.isEmpty else { return [] }
                let words = connections == .kept ? "TLS, connections kept" : "TLS, a new connection for every request"
                let upstream = delay == 0 ? "answers at once" : "answers after \(delay) ms"
                return ["## \(words); the upstream \(upstream)", table.markdown.text]
            }
        }
    }

    private var allocationSection: [String] {
        section("Allocations a request, 16 in flight", .allocations, [("allocations", .allocations, .count)])
    }

    private var partSections: [String] {
        section("From the upstream's answer to the identity", .mapping, [("p50", .median, .microseconds)])
            + section(
                "What a login asks of a store, 64 calls in flight",
                .store,
                [("calls", .rate, .perSecond), ("CPU a call", .processor, .microseconds)]
                    + [("p50", .median, .microseconds), ("p99", .percentile99, .microseconds)]
            )
            + section(
                "Logins by ID token, ES256, with cached keys: 64 in flight; others check one after the other",
                .native,
                [("tokens", .rate, .perSecond), ("CPU a token", .processor, .microseconds)]
                    + [("p50", .median, .microseconds), ("p99", .percentile99, .microseconds)]
            )
            + section(
                "Isolation: logins at a healthy provider of 20 ms, 16 in flight, beside 50 a second at a sick one",
                .isolation,
                [("logins", .rate, .perSecond), ("p50", .median, .microseconds), ("p99", .percentile99, .microseconds)]
            )
            + section(
                "One login as a process", .process, [("wall", .wall, .milliseconds), ("peak", .peak, .kibibytes)])
            + section(
                "1,000,000 logins, 64 in flight",
                .endurance,
                [("logins", .rate, .perSecond), ("CPU a login", .processor, .microseconds)]
                    + [("resident", .resident, .kibibytes)]
            )
    }

    /// A table with a row for every subject of a suite.
    func section(_ title: String, _ suite: Suite, _ columns: [(String, Figure, Unit)]) -> [String] {
        let cells = results.cells(suite).sorted { $0.subject < $1.subject }
        guard !cells.isEmpty else { return [] }
        let rows = cells.map { cell in
            [cell.subject] + columns.map { _, figure, unit in results.spread(figure, of: cell).map(unit.text) ?? "–" }
        }
        return ["## \(title)", MarkdownTable([""] + columns.map(\.0), rows).text]
    }

    private var absentSection: [String] {
        let absent = results.cells(.absent).map(\.subject).sorted()
        return absent.isEmpty ? [] : ["## Absent on this machine", absent.map { "- \($0)" }.joined(separator: "\n")]
    }

    private var failureSection: [String] {
        let failed = results.cells(.load).filter { results.values(.failures, of: $0).contains { $0 > 0 } }
        guard !failed.isEmpty else { return [] }
        let lines = failed.map { cell in
            let count = results.values(.failures, of: cell).reduce(0, +)
            return "- \(cell.subject), \(cell.inFlight) in flight, \(cell.delay) ms, \(cell.connections): \(Int(count))"
        }
        return ["## Requests that failed", lines.sorted().joined(separator: "\n")]
    }
}
