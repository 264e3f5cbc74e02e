/// How long a service takes to stop.
public struct DrainTimes: Sendable, Hashable {
    /// How long it keeps serving while it reports not ready and tells clients to leave; 5 seconds by default.
    public var delay: Duration
    /// How long requests under way may take to finish after that; 30 seconds by default.
    public var requests: Duration

    /// Makes times.
    public init(delay: Duration = .seconds(5), requests: Duration = .seconds(30)) {
        self.delay = delay
        self.requests = requests
    }
}
