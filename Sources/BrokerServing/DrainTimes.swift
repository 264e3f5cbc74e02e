/// How long a service that is told to stop takes over it.
public struct DrainTimes: Sendable, Hashable {
    /// For how long it serves on, while it is not ready and tells clients to go; 5 seconds by default.
    public var delay: Duration
    /// How long requests under way may take to end after that; 30 seconds by default.
    public var requests: Duration

    /// Makes times.
    public init(delay: Duration = .seconds(5), requests: Duration = .seconds(30)) {
        self.delay = delay
        self.requests = requests
    }
}
