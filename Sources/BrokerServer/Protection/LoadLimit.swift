/// From where on the service turns requests away, so that those it takes are answered in time.
public struct LoadLimit: Sendable, Hashable {
    /// How many requests the service works on at once. Bounds memory; one that waits for its upstream does not count.
    public var requests: Int
    /// How long the service's own work on a request may take, its turns in all lines included.
    public var wait: Duration
    /// How many requests are taken however slow the service is. So few are no line that refusing one would shorten.
    public var alwaysTaken: Int
    /// How many bytes of requests that are not complete yet are kept, on all connections together.
    public var incompleteBytes: Int

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - requests: At least 1.
    ///   - wait: Longer than zero. Clients give up after a few times this.
    ///   - alwaysTaken: At least 1; counts among `requests`.
    ///   - incompleteBytes: At least what one request may have.
    public init(
        requests: Int = 1024,
        wait: Duration = .milliseconds(500),
        alwaysTaken: Int = 16,
        incompleteBytes: Int = 32 * 1024 * 1024
    ) {
        self.requests = requests
        self.wait = wait
        self.alwaysTaken = alwaysTaken
        self.incompleteBytes = incompleteBytes
    }
}
