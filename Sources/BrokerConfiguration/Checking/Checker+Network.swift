import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Checker {
    /// The network rules of an instance, with defaults for omitted settings.
    mutating func network(_ settings: CheckedSettings) -> NetworkPolicy {
        let value = settings.value
        let egress = EgressPolicy(
            allowedNetworks: networks(settings.member("allowAddresses")),
            allowsInsecureHTTP: value["allowInsecureHTTP"]?.boolean ?? false
        )
        return NetworkPolicy(
            caFile: value["caFile"]?.text, egress: egress, proxy: proxy(settings.member("proxy")),
            reusesConnections: value["reuseConnections"]?.boolean ?? true)
    }

    /// The proxy without its credentials, which are read when the instance is made; nil if there is none.
    private mutating func proxy(_ settings: CheckedSettings) -> EgressProxy? {
        guard let url = settings.value["url"]?.text.flatMap({ UpstreamURL($0) }) else { return nil }
        let caFile = settings.value["caFile"]?.text
        if caFile != nil, url.scheme == .http {
            let message = "caFile is only for an https proxy. Remove it, or check the URL."
            report(settings.member("caFile"), message)
        }
        guard let proxy = EgressProxy(url, caFile: caFile) else {
            report(settings.member("url"), "A proxy's URL has no path. Write only scheme, host and port.")
            return nil
        }
        return proxy
    }

    /// The networks in a list.
    mutating func networks(_ list: CheckedSettings) -> [IPNetwork] {
        var networks: [IPNetwork] = []
        for (index, element) in (list.value.elements ?? []).enumerated() {
            guard let text = element.text else { continue }
            if let network = IPNetwork(text) {
                networks.append(network)
            } else {
                report(.invalidValue, at: element.position, list.path.appending(index), Self.advice(on: text))
            }
        }
        return networks
    }

    private static func advice(on text: String) -> String {
        if let address = IPAddress(String(text.prefix { $0 != "/" })), address.unmapped != address {
            return "This is an IPv4 network written as IPv6. Write it as IPv4."
        }
        guard let network = IPNetwork.surrounding(text) else {
            return "Expected a network such as 10.20.0.0/16 or fd00::/8, or a single address."
        }
        return "Bits are set beyond the prefix. Write \(network) for the network, or a single address without a prefix."
    }
}

extension IPNetwork {
    /// Whether it is larger than any site's private network: than 10.0.0.0/8 (RFC 1918), and fc00::/7 (RFC 4193).
    var reachesBeyondSite: Bool {
        switch address {
        case .v4: prefixLength < 8
        case .v6: prefixLength < 7
        }
    }

    /// The network of an address with a prefix length, as text; nil if the text does not have that form.
    static func surrounding(_ text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Int(parts[1]), let address = IPAddress(String(parts[0])) else {
            return nil
        }
        let bytes = address.bytes
        guard (0...(bytes.count * 8)).contains(length) else { return nil }
        let masked = bytes.enumerated().map { index, byte in
            byte & ~UInt8(truncatingIfNeeded: 0xFF >> max(0, min(8, length - index * 8)))
        }
        return presentation(of: masked).map { "\($0)/\(length)" }
    }

    private static func presentation(of bytes: [UInt8]) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
