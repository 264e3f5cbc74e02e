public import IdentityBroker

/// How much the service takes on.
public struct ServerLimits: Sendable, Hashable {
    /// The longest request body accepted, in bytes.
    public var requestSize = 64 * 1024
    /// How many requests the service holds at once: those it works on and those that wait for their turn.
    public var concurrency = 2048
    /// How many connections one address may hold.
    public var connectionsPerAddress = 256
    /// How many requests one client may make; nil for any number.
    public var clientRate: RateLimit?
    /// How many requests may come from one address; nil for any number.
    public var addressRate: RateLimit?
    /// How long the service serves on when it is told to stop.
    public var drainDelay: Duration = .seconds(5)
    /// How long requests under way may take to end after that.
    public var drain: Duration = .seconds(30)

    /// The defaults.
    public init() {}
}
