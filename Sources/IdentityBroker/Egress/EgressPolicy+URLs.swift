extension EgressPolicy {
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
