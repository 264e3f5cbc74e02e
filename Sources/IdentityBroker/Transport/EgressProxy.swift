/// An HTTP proxy through which upstreams are reached, by `CONNECT` (RFC 9110 §9.3.6): TLS runs from the broker to the
/// upstream, and the proxy sees the upstream's name and port.
///
/// The proxy resolves that name, so the ``EgressPolicy`` judges the proxy's address, and an upstream's only if it is
/// given as an address or `localhost`.
public struct EgressProxy: Sendable, Hashable {
    /// The proxy's URL: `http` or `https`, without a path.
    public let url: UpstreamURL
    /// A PEM file of certificate authorities to trust for an `https` proxy instead of the system's.
    public let caFile: String?
    /// The credentials to send to the proxy.
    public var credentials: ProxyCredentials?

    /// Makes a proxy. Returns nil if the URL has a path.
    public init?(_ url: UpstreamURL, caFile: String? = nil, credentials: ProxyCredentials? = nil) {
        guard url.path.isEmpty else { return nil }
        self.url = url
        self.caFile = caFile
        self.credentials = credentials
    }
}
