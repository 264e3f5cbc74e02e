/// The outcomes of the requests to a simulated service.
struct SimulatedOutcome: Sendable {
    /// How long each refused request would have taken.
    var timesRefused: [Duration] = []
    /// How long each served request took.
    var times: [Duration] = []
    /// The number answered within their sender's patience and before the end of the run.
    var answeredInTime = 0

    var refused: Int { timesRefused.count }

    /// The 99th percentile of the served requests.
    var slowest: Duration {
        times.sorted().dropLast(times.count / 100).last ?? .zero
    }
}
