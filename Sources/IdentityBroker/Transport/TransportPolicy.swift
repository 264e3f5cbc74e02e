/// What the transport may do for one provider instance: its limits and its network rules.
public struct TransportPolicy: Sendable, Hashable {
    /// How long name resolution, connecting and the TLS handshake may take together.
    public var connectTimeout: Duration
    /// The longest body accepted, in bytes. A longer one fails the transfer while it is being received.
    public var maximumBodyBytes: Int
    /// The most bytes of status line and header fields accepted.
    public var maximumHeaderBytes: Int
    /// A PEM file of certificate authorities to trust instead of the system's.
    public var caFile: String?
    /// Which addresses may be connected to, and whether plain HTTP is allowed.
    public var egress: EgressPolicy
    /// The proxy through which to reach the upstream; nil for none. Never taken from the environment.
    public var proxy: EgressProxy?
    /// Whether a connection is used again once its answer has been received. HTTP/1.1 does not identify the request
    /// that an answer belongs to: if an upstream's front end sends one too many, it is taken for the answer to the next
    /// request.
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

/// What one provider instance may connect to, and whom it trusts.
///
/// Configuration sets it. With the instance's limits, it becomes the ``TransportPolicy`` that the transport gets.
public struct NetworkPolicy: Sendable, Hashable {
    /// A PEM file of certificate authorities to trust instead of the system's.
    public var caFile: String?
    /// The special networks that may be connected to, and whether plain HTTP is allowed.
    public var egress: EgressPolicy
    /// The proxy through which to reach the upstream; nil for none.
    public var proxy: EgressProxy?
    /// Whether connections are kept for further requests; see ``TransportPolicy/reusesConnections``.
    public var reusesConnections: Bool

    /// Makes a policy; the default trusts the system's authorities and allows https to public addresses.
    public init(
        caFile: String? = nil,
        egress: EgressPolicy = EgressPolicy(),
        proxy: EgressProxy? = nil,
        reusesConnections: Bool = true
    ) {
        self.caFile = caFile
        self.egress = egress
        self.proxy = proxy
        self.reusesConnections = reusesConnections
    }
}
