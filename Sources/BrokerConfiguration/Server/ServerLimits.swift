public import IdentityBroker

/// How much the service takes on.
public struct ServerLimits: Sendable, Hashable {
    /// The longest request body accepted, in bytes.
    public var requestSize = 64 * 1024
    /// How many requests may be under way at once.
    public var concurrency = 128
    /// How many connections one address may hold.
    public var connectionsPerAddress = 256
    /// How many requests one client may make; nil for any number.
    public var clientRate: RateLimit?
    /// How many requests may come from one address; nil for any number.
    public var addressRate: RateLimit?
    /// How long requests under way may take to end when the service is stopped.
    public var drain: Duration = .seconds(30)

    /// The defaults.
    public init() {}
}
