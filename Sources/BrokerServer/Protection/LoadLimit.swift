import NIOCore

/// When the service turns requests away, so that those it takes are answered in time.
public struct LoadLimit: Sendable, Hashable {
    /// How many requests the service holds at once: those it works on and those that wait for their turn. Bounds memory; one
    /// that waits for its upstream does not count.
    public var requests: Int
    /// How many of them it works on at once. Requests worked on take turns, so that more of them would only be late together,
    /// and with them everything else that needs a processor: new connections and refusals.
    public var parallelism: Int
    /// How long the service's own work on a request may take, its turns in all lines included.
    public var wait: Duration
    /// How many requests are taken however slow the service is. Refusing one would not shorten so short a line.
    public var alwaysTaken: Int
    /// How many bytes of requests that are not complete yet are kept, on all connections together.
    public var incompleteBytes: Int
    /// How many bytes of complete requests that wait for their turn are kept, on all connections together.
    public var waitingBytes: Int

    /// How many requests keep the processors of this machine busy: 32 for each.
    public static var defaultParallelism: Int { 32 * System.coreCount }

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - requests: At least 1.
    ///   - parallelism: At least 1.
    ///   - wait: Longer than zero. Clients give up after a few times this.
    ///   - alwaysTaken: At least 1; counts among `requests`.
    ///   - incompleteBytes: At least what one request may have.
    ///   - waitingBytes: At least what one request may have.
    public init(
        requests: Int = 2048,
        parallelism: Int = LoadLimit.defaultParallelism,
        wait: Duration = .milliseconds(500),
        alwaysTaken: Int = 16,
        incompleteBytes: Int = 32 * 1024 * 1024,
        waitingBytes: Int = 32 * 1024 * 1024
    ) {
        self.requests = requests
        self.parallelism = parallelism
        self.wait = wait
        self.alwaysTaken = alwaysTaken
        self.incompleteBytes = incompleteBytes
        self.waitingBytes = waitingBytes
    }
}
