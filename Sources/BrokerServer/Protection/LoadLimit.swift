/// From where on the service turns requests away, so that those it takes are answered in time.
public struct LoadLimit: Sendable, Hashable {
    /// How many requests may be under way at once.
    public var requests: Int
    /// How late the process may be with its own work before it takes no more.
    public var lag: Duration
    /// How many requests may be under way however late the process is. So few are no line that turning one of them away
    /// would shorten: others keep the machine busy, or it has paused.
    public var alwaysTaken: Int

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - requests: At least 1.
    ///   - lag: Longer than nothing. A request stands in line for the processor as often as its task suspends, so that it
    ///     may take many times this.
    ///   - alwaysTaken: At least 1; counts among `requests`.
    public init(requests: Int = 1024, lag: Duration = .milliseconds(15), alwaysTaken: Int = 16) {
        self.requests = requests
        self.lag = lag
        self.alwaysTaken = alwaysTaken
    }
}
