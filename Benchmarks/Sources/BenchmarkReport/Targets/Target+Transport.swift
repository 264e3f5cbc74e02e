extension Target {
    /// The transport alone, compared with plain libcurl and with the usual Swift client.
    static func transport(in results: Results) -> [Target] {
        [16, 64].flatMap { sharedWaits(inFlight: $0, in: results) } + [longWaits(in: results)]
    }

    private static func sharedWaits(inFlight: Int, in results: Results) -> [Target] {
        func cell(_ subject: String) -> Cell { Cell(subject: subject, inFlight: inFlight) }
        let transport = cell(Subject.transport)
        return [
            Target(
                "CurlTransport, \(inFlight) in flight: CPU a request ≤ 1.10 × raw C",
                results.ratio(.processor, of: transport, to: cell(Subject.rawPoll)), .times, atMost: 1.10
            ),
            Target(
                "CurlTransport, \(inFlight) in flight: rate ≥ 0.90 × raw C (aiming at 0.95)",
                results.ratio(.rate, of: transport, to: cell(Subject.rawPoll)), .times, atLeast: 0.90
            ),
            Target(
                "CurlTransport, \(inFlight) in flight: rate ≥ 1.6 × AsyncHTTPClient",
                results.ratio(.rate, of: transport, to: cell(Subject.asyncHTTPClient)), .times, atLeast: 1.6
            ),
        ]
    }

    private static func longWaits(in results: Results) -> Target {
        func cell(_ subject: String) -> Cell { Cell(subject: subject, inFlight: 1000, delay: 20) }
        let ratios = [Subject.rawPoll, Subject.rawEpoll].compactMap {
            results.ratio(.processor, of: cell(Subject.transport), to: cell($0))
        }
        return Target(
            "CurlTransport, 1000 in flight on an upstream of 20 ms: CPU a request ≤ 1.15 × the better raw C",
            ratios.max { $0.median < $1.median }, .times, atMost: 1.15
        )
    }
}
