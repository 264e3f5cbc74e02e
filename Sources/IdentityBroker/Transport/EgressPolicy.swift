/// Which addresses an exchange may connect to, checked after name resolution.
///
/// Without it, an upstream's name that resolves to `127.0.0.1` or `169.254.169.254` turns the broker into a gateway to
/// its own network (server-side request forgery, DNS rebinding).
public struct EgressPolicy: Sendable, Hashable {
    /// Special networks that are nevertheless allowed, such as that of a private deployment.
    public var allowedNetworks: [IPNetwork]
    /// Whether plain HTTP is allowed. Off by default.
    public var allowsInsecureHTTP: Bool

    /// Makes a policy. By default it allows https to all public addresses and nothing else.
    public init(allowedNetworks: [IPNetwork] = [], allowsInsecureHTTP: Bool = false) {
        self.allowedNetworks = allowedNetworks
        self.allowsInsecureHTTP = allowsInsecureHTTP
    }

    /// The policy as rules, for a transport that must decide where no Swift may run. The first rule whose network
    /// contains the unmapped address decides; an address in no network is allowed.
    public var rules: [EgressRule] {
        allowedNetworks.map { EgressRule(network: $0, allows: true) }
            + Self.specialNetworks.map { EgressRule(network: $0, allows: false) }
    }

    /// Whether connecting to the address is allowed.
    public func permits(_ address: IPAddress) -> Bool {
        rules.first { $0.network.contains(address) }?.allows ?? true
    }
}

/// One line of an ``EgressPolicy``: a network, and whether connecting to it is allowed.
public struct EgressRule: Sendable, Hashable {
    /// The addresses that the rule applies to.
    public let network: IPNetwork
    /// Whether connecting to them is allowed.
    public let allows: Bool
}

extension EgressPolicy {
    /// The blocks of the IANA special-purpose address registries (RFC 6890 and its successors), including multicast and
    /// reserved space; for IPv6, everything that is not global unicast (2000::/3). The transition prefixes are included
    /// because each can carry an IPv4 address past an IPv4 rule.
    static let specialNetworks: [IPNetwork] = [
        "0.0.0.0/8",  // this network, RFC 791 §3.2
        "10.0.0.0/8",  // private, RFC 1918
        "100.64.0.0/10",  // shared address space, RFC 6598
        "127.0.0.0/8",  // loopback, RFC 1122 §3.2.1.3
        "169.254.0.0/16",  // link-local and cloud metadata, RFC 3927
        "172.16.0.0/12",  // private, RFC 1918
        "192.0.0.0/24",  // protocol assignments, RFC 6890 §2.1
        "192.0.2.0/24",  // documentation, RFC 5737
        "192.88.99.0/24",  // 6to4 relay anycast, RFC 7526
        "192.168.0.0/16",  // private, RFC 1918
        "198.18.0.0/15",  // benchmarking, RFC 2544
        "198.51.100.0/24",  // documentation, RFC 5737
        "203.0.113.0/24",  // documentation, RFC 5737
        "224.0.0.0/4",  // multicast, RFC 5771
        "240.0.0.0/4",  // reserved and broadcast, RFC 1112 §4
        "::/3",  // not global unicast: loopback, IPv4-compatible, NAT64, discard (RFC 4291 §2.4, RFC 6052, RFC 6666)
        "2001::/23",  // protocol assignments, Teredo among them, RFC 2928
        "2001:db8::/32",  // documentation, RFC 3849
        "2002::/16",  // 6to4, RFC 3056
        "3fff::/20",  // documentation, RFC 9637
        "4000::/2",  // not global unicast: reserved, segment routing (RFC 4291 §2.4, RFC 9602)
        "8000::/1",  // not global unicast: reserved, unique local, link-local, multicast (RFC 4291 §2.4, RFC 4193)
    ].compactMap { IPNetwork($0) }  // a test counts them, so that a typo cannot drop one

    /// Whether the scheme is allowed.
    package func permits(_ scheme: UpstreamURL.Scheme) -> Bool {
        scheme == .https || allowsInsecureHTTP
    }

    /// Why a request to the URL is refused, as far as that is known before name resolution; nil if no reason is known.
    ///
    /// - Parameter isProxied: Whether a proxy resolves the name. This check is then the only one, so every address of
    ///   the host must be permitted. Without a proxy, one is enough: the others are not used.
    package func refusal(of url: UpstreamURL, isProxied: Bool) -> TransportFailure.Reason? {
        guard permits(url.scheme) else { return .insecureRefused }
        let addresses = url.addresses
        let isPermitted =
            isProxied ? addresses.allSatisfy(permits) : addresses.isEmpty || addresses.contains(where: permits)
        return isPermitted ? nil : .addressRefused
    }

    /// Why a connection to a proxy is refused, as far as that is known before name resolution; nil if no reason is
    /// known.
    package func refusal(of proxy: EgressProxy) -> TransportFailure.Reason? {
        let addresses = proxy.url.addresses
        return addresses.isEmpty || addresses.contains(where: permits) ? nil : .proxyAddressRefused
    }
}

extension UpstreamURL {
    /// The host's addresses that are known without a resolver: the host itself if it is an address, and the local
    /// machine's for `localhost` and its subdomains (RFC 6761 §6.3).
    var addresses: [IPAddress] {
        let texts =
            host == "localhost" || host.hasSuffix(".localhost")
            ? ["127.0.0.1", "::1"] : [host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host]
        return texts.compactMap { IPAddress($0) }
    }
}
