/// An address of the upstream that an instance's settings lead to.
public struct ProviderEndpoint: Sendable, Hashable {
    /// What it is, at the beginning of a sentence after "The": `token endpoint`.
    public let name: String
    /// The address; a query of it does not matter.
    public let url: UpstreamURL
    /// Whether browsers go there, and no request of the broker.
    public let isForBrowsers: Bool

    /// Names an address.
    public init(_ name: String, _ url: UpstreamURL, isForBrowsers: Bool = false) {
        self.name = name
        self.url = url
        self.isForBrowsers = isForBrowsers
    }

    /// Refuses plain HTTP unless the instance allows it, or a browser goes to a page on its own machine; and for requests of
    /// the broker, an address that the instance's network rules refuse. What a name resolves to is seen at a login.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    func check(under network: NetworkPolicy) throws(BrokerError) {
        let isLocalPage = isForBrowsers && url.isLoopback
        guard network.egress.permits(url.scheme) || isLocalPage else {
            throw .misconfigured("The \(name) is plain HTTP, which this provider does not allow. Use https.")
        }
        guard isForBrowsers || network.egress.refusal(of: url, isProxied: network.proxy != nil) == nil else {
            throw .misconfigured(
                """
                The \(name) is at a private or special address. If that is meant, add its network to \
                network.allowAddresses.
                """)
        }
    }
}
