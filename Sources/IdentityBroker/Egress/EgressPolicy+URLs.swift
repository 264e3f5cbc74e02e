extension EgressPolicy {
    /// Whether the scheme may be spoken.
    package func permits(_ scheme: UpstreamURL.Scheme) -> Bool {
        scheme == .https || allowsInsecureHTTP
    }

    /// Why no request to the URL is sent, as far as that shows before a name is resolved; nil where nothing shows.
    ///
    /// - Parameter isProxied: Whether a proxy resolves the name. What is judged here is all that is judged then, so every
    ///   address that the host stands for has to be permitted. Without a proxy, one is enough: the others are not used.
    package func refusal(of url: UpstreamURL, isProxied: Bool) -> TransportFailure.Reason? {
        guard permits(url.scheme) else { return .insecureRefused }
        let addresses = url.addresses
        let isPermitted =
            isProxied ? addresses.allSatisfy(permits) : addresses.isEmpty || addresses.contains(where: permits)
        return isPermitted ? nil : .addressRefused
    }

    /// Why no connection is made to a proxy, as far as that shows before its name is resolved; nil where nothing shows.
    package func refusal(of proxy: EgressProxy) -> TransportFailure.Reason? {
        let addresses = proxy.url.addresses
        return addresses.isEmpty || addresses.contains(where: permits) ? nil : .proxyAddressRefused
    }
}

extension UpstreamURL {
    /// The addresses that the host stands for without a resolver: its own where it is one, and those of the local machine for
    /// `localhost` and the names below it (RFC 6761 §6.3).
    var addresses: [IPAddress] {
        let texts =
            host == "localhost" || host.hasSuffix(".localhost")
            ? ["127.0.0.1", "::1"] : [host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host]
        return texts.compactMap { IPAddress($0) }
    }
}
