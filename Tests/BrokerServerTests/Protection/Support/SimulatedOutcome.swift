/// What came of the requests to a simulated service.
struct SimulatedOutcome: Sendable {
    /// How long each request would have taken that was refused.
    var timesRefused: [Duration] = []
    /// How long each request took that was served.
    var times: [Duration] = []
    /// How many were answered within their sender's patience, and before the run was over.
    var answeredInTime = 0

    var refused: Int { timesRefused.count }

    /// What 99 of 100 served requests took at most.
    var slowest: Duration {
        times.sorted().dropLast(times.count / 100).last ?? .zero
    }
}
