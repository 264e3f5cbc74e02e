import IdentityBroker

/// The proxy of a connection, if any, and what decides whether it is trusted.
struct ProxyOptions: Equatable {
    /// Nil for a connection without a proxy.
    let proxy: EgressProxy?
    /// The PEM file of authorities; nil if the proxy is not reached over TLS.
    let caFile: String?

    /// No proxy.
    static let direct = ProxyOptions(proxy: nil, caFile: nil)
}

extension ProxyOptions {
    /// The options for a proxy, or for none; nil if the proxy is reached over TLS and there are no authorities to
    /// trust.
    init?(_ proxy: EgressProxy?, trust: TrustStore) {
        guard let proxy else {
            self = .direct
            return
        }
        caFile = proxy.url.scheme == .https ? proxy.caFile ?? trust.caFile : nil
        guard caFile != nil || proxy.url.scheme == .http else { return nil }
        self.proxy = proxy
    }
}
