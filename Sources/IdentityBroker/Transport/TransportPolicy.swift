/// What the transport may do for one provider instance: its limits and its network rules.
public struct TransportPolicy: Sendable, Hashable {
    /// How long resolving, connecting and the TLS handshake may take together.
    public var connectTimeout: Duration
    /// The longest body accepted, in bytes. A longer one fails the transfer while it is being received.
    public var maximumBodyBytes: Int
    /// The most bytes of status line and header fields accepted.
    public var maximumHeaderBytes: Int
    /// A PEM file of certificate authorities to trust instead of the system's.
    public var caFile: String?
    /// Which addresses may be connected to, and whether plain HTTP may be used.
    public var egress: EgressPolicy
    /// The proxy to reach the upstream through; nil for none. Never one from the environment.
    public var proxy: EgressProxy?
    /// Whether a connection is used for another request once its answer has been received. HTTP/1.1 does not say which request
    /// an answer belongs to: one that an upstream's front end sends too much is taken for the answer to the next request.
    public var reusesConnections: Bool

    /// Makes a policy; every default is safe in production.
    public init(
        connectTimeout: Duration = .seconds(3),
        maximumBodyBytes: Int = 256 * 1024,
        maximumHeaderBytes: Int = 64 * 1024,
        caFile: String? = nil,
        egress: EgressPolicy = EgressPolicy(),
        proxy: EgressProxy? = nil,
        reusesConnections: Bool = true
    ) {
        self.connectTimeout = connectTimeout
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumHeaderBytes = maximumHeaderBytes
        self.caFile = caFile
        self.egress = egress
        self.proxy = proxy
        self.reusesConnections = reusesConnections
    }
}
