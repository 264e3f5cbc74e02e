import NIOCore

/// When the service rejects requests, so that the accepted ones are answered in time.
public struct LoadLimit: Sendable, Hashable {
    /// How many requests the service holds at once: those being processed and those waiting for their turn. It limits
    /// memory; a request that waits for its upstream does not count.
    public var requests: Int
    /// How many of them it processes concurrently. Those share the processors, so more of them would only be late
    /// together, along with everything else that needs a processor: new connections and refusals.
    public var parallelism: Int
    /// How long the service's own work on a request may take, including all waiting for turns.
    public var wait: Duration
    /// How many requests are always accepted, however slow the service is. Refusing one would not shorten so short a
    /// queue.
    public var alwaysTaken: Int
    /// How many bytes of incomplete requests are kept, on all connections together.
    public var incompleteBytes: Int
    /// How many bytes of complete requests are kept while they wait for their turn, on all connections together.
    public var waitingBytes: Int

    /// How many requests keep the processors of this machine busy: 32 per processor.
    public static var defaultParallelism: Int { 32 * System.coreCount }

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - requests: At least 1.
    ///   - parallelism: At least 1.
    ///   - wait: Greater than zero. Clients give up after a few times this.
    ///   - alwaysTaken: At least 1; counts among `requests`.
    ///   - incompleteBytes: At least the maximum size of one request.
    ///   - waitingBytes: At least the maximum size of one request.
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
