extension Target {
    /// The effect of a failing provider on a healthy one.
    static func isolation(in results: Results) -> [Target] {
        ["hangs", "floods", "resets"].map { sickness in
            func cell(_ subject: String) -> Cell {
                Cell(suite: .isolation, subject: subject, inFlight: 16, delay: 20)
            }
            return Target(
                "p99 of a healthy provider beside one that \(sickness) ≤ 1.10 × alone",
                results.ratio(.percentile99, of: cell(sickness), to: cell("\(Subject.alone), before it \(sickness)")),
                .times,
                atMost: 1.10
            )
        }
    }

    /// A login that runs as a process.
    static func process(in results: Results) -> [Target] {
        let broker = Cell(suite: .process, subject: Subject.brokerProcess)
        let curl = Cell(suite: .process, subject: Subject.curlProcess)
        return [
            Target(
                "`broker login`, cold: ≤ 60 ms of wall time over a bare `curl`",
                results.paired(.wall, broker, curl) { $0 - $1 }, .milliseconds, atMost: 60
            ),
            Target(
                "`broker login`, cold: peak memory ≤ 60 MB",
                Spread(results.values(.peak, of: broker).map { $0 * 1024 / 1e6 }), .megabytes, atMost: 60
            ),
        ]
    }
}
