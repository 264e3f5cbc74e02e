import IdentityBroker

/// The proxy that a connection goes through, if any, and what decides whether it may be trusted.
struct ProxyOptions: Equatable {
    /// Nil for a connection without a proxy.
    let proxy: EgressProxy?
    /// The PEM file of authorities; nil where no TLS is spoken to a proxy.
    let caFile: String?

    /// No proxy.
    static let direct = ProxyOptions(proxy: nil, caFile: nil)
}

extension ProxyOptions {
    /// The options for a proxy, or for none; nil where TLS is spoken to it and there are no authorities to trust.
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
