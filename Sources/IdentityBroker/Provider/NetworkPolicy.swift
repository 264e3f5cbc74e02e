/// What one provider instance may connect to, and whom it trusts.
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
