/// What came of the requests to a simulated service.
struct SimulatedOutcome: Sendable {
    var refused = 0
    /// How long each request took that was served.
    var times: [Duration] = []
    /// How many were answered within their sender's patience, and before the run was over.
    var answeredInTime = 0

    /// What 99 of 100 served requests took at most.
    var slowest: Duration {
        times.sorted().dropLast(times.count / 100).last ?? .zero
    }
}
