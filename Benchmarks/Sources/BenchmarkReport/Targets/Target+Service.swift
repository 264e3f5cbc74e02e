extension Target {
    /// The service, on a two-core machine that it shares with its clients and its upstream.
    static func service(in results: Results) -> [Target] {
        exchanges(in: results) + overload(in: results) + neighbors(in: results) + start(in: results)
    }

    private static func exchanges(in results: Results) -> [Target] {
        let cell = Cell(suite: .service, subject: Subject.inFlight, inFlight: 64)
        return [
            Target(
                "Ticket → tokens through the service on SQLite, 64 in flight: ≥ 1500 a second (aiming at 2500)",
                results.spread(.rate, of: cell), .perSecond, atLeast: 1500
            ),
            Target(
                "The same: p99 < 100 ms",
                milliseconds(.percentile99, of: cell, in: results), .milliseconds, below: 100
            ),
            Target(
                "Access tokens verified on one core, ES256: ≥ 10,000 a second",
                results.spread(.rate, of: Cell(suite: .verification, subject: Subject.verifier)), .perSecond,
                atLeast: 10_000
            ),
        ]
    }

    /// Requests at twice the service's capacity, started whether or not earlier ones were answered.
    private static func overload(in results: Results) -> [Target] {
        let (carried, twice) = (
            Cell(suite: .service, subject: Subject.inFlight, inFlight: 64),
            Cell(suite: .service, subject: Subject.twiceTheRate)
        )
        return [
            Target(
                "At twice the rate it can carry: tokens within 1 s ≥ 0.90 × that rate",
                results.ratio(.rate, of: twice, to: carried), .times, atLeast: 0.90
            ),
            // The load takes from the same cores, and more of them the more requests it begins.
            Target(
                "The same for each second of processor time that the service got",
                results.ratio(.processor, of: carried, to: twice), .times, atLeast: 0.90
            ),
            Target(
                "The same: all others are refused with 503 and Retry-After, and so many are not",
                results.spread(.lost, of: twice), .count, atMost: 0
            ),
            Target(
                "The same: p99 of a refusal < 100 ms",
                milliseconds(.refusalPercentile99, of: twice, in: results), .milliseconds, below: 100
            ),
        ]
    }

    /// The same next to two programs that use all the CPU time they can get.
    private static func neighbors(in results: Results) -> [Target] {
        let (carried, twice) = (
            Cell(suite: .service, subject: Subject.inFlight + Subject.besideNeighbors, inFlight: 64),
            Cell(suite: .service, subject: Subject.twiceTheRate + Subject.besideNeighbors)
        )
        return [
            Target(
                "Beside two busy loops, 64 in flight: so many are refused",
                results.spread(.refused, of: carried), .count, atMost: 0
            ),
            Target(
                "Beside two busy loops, at twice the rate it can carry: tokens within 1 s ≥ 0.90 × that rate",
                results.ratio(.rate, of: twice, to: carried), .times, atLeast: 0.90
            ),
        ]
    }

    private static func start(in results: Results) -> [Target] {
        let cell = Cell(suite: .start, subject: Subject.start)
        return [
            Target(
                "`broker serve`, idle: resident memory < 50 MB",
                Spread(results.values(.resident, of: cell).map { $0 * 1024 / 1e6 }), .megabytes, below: 50
            ),
            Target(
                "`broker serve`, from its start to the first answer to /health/ready: < 150 ms",
                results.spread(.ready, of: cell), .milliseconds, below: 150
            ),
        ]
    }

    private static func milliseconds(_ figure: Figure, of cell: Cell, in results: Results) -> Spread? {
        Spread(results.values(figure, of: cell).map { $0 / 1000 })
    }
}
