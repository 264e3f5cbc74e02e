import HTTPTypes

extension TransportFailure {
    /// The failure as the broker reports it.
    package var brokerError: BrokerError { brokerError(at: nil) }

    /// The failure as the broker reports it, with the host that the request was for: a login may use several.
    package func brokerError(of request: UpstreamRequest) -> BrokerError { brokerError(at: request.host) }

    private func brokerError(at host: String?) -> BrokerError {
        let error = plainError(host.map { " (\($0))" } ?? "")
        guard let variable = ignoredProxyVariable else { return error }
        return BrokerError(error.kind, "\(error.message) \(variable) is set and ignored; use network.proxy.")
    }

    /// - Parameter host: The upstream's host in parentheses after a space; empty if it is not known.
    private func plainError(_ host: String) -> BrokerError {
        switch reason {
        case .invalidRequest:
            .misconfigured("The upstream's URL\(host) cannot be sent to. Check the base URL.")
        case .insecureRefused:
            .misconfigured("The upstream's URL\(host) is plain HTTP, which this provider does not allow. Use https.")
        case .addressRefused:
            .misconfigured(
                """
                The upstream's name\(host) resolves to a private or special address. \
                If that is meant, add its network to network.allowAddresses.
                """
            )
        case .trustUnavailable:
            .misconfigured(
                "The certificate authorities to trust cannot be read. Check network.caFile and network.proxy.caFile.")
        case .invalidProxy:
            .misconfigured(
                "The proxy cannot be used. Check network.proxy.url; https needs a libcurl with support for it.")
        case .proxyAddressRefused:
            .misconfigured(
                """
                The proxy's name resolves to a private or special address. \
                If that is meant, add its network to network.allowAddresses.
                """
            )
        case .proxyAuthenticationFailed:
            .misconfigured(
                "The proxy requires credentials, or does not accept these. Check network.proxy.credentials.")
        case .proxyRefused:
            .misconfigured(
                "The proxy does not connect to the upstream. Allow its host and port there, or check network.proxy.url."
            )
        case .proxyNotResolved:
            BrokerError(.upstreamUnavailable, "The proxy's name does not resolve.")
        case .proxyConnectionFailed:
            BrokerError(.upstreamUnavailable, "The proxy cannot be connected to.")
        case .proxyTLSRefused:
            BrokerError(
                .upstreamUnavailable,
                "The proxy's TLS was refused: a certificate that is not trusted, of another host, or out of date."
            )
        case .proxyUnavailable:
            BrokerError(.upstreamUnavailable, "The proxy cannot connect to the upstream now.")
        case .proxyMisbehaved:
            BrokerError(.upstreamUnavailable, "The proxy's answer is not valid HTTP, or is longer than allowed.")
        case .nameNotResolved:
            BrokerError(.upstreamUnavailable, "The upstream's name\(host) does not resolve.")
        case .connectionFailed:
            BrokerError(.upstreamUnavailable, "The upstream\(host) cannot be connected to.")
        case .tlsRefused:
            BrokerError(
                .upstreamUnavailable,
                """
                The upstream's TLS\(host) was refused: the certificate is not trusted (see network.caFile), of another host, \
                or out of date, or the port speaks no TLS. A clock that is far off looks the same.
                """
            )
        case .connectionLost:
            BrokerError(.upstreamUnavailable, "The connection to the upstream\(host) was lost.")
        case .malformedResponse:
            BrokerError(.upstreamMisbehaved, "The upstream's answer\(host) is not valid HTTP, or was cut off.")
        case .headersTooLarge:
            BrokerError(.upstreamMisbehaved, "The upstream's header fields are longer than allowed.")
        case .bodyTooLarge:
            BrokerError(.upstreamMisbehaved, "The upstream's answer is longer than limits.responseSize allows.")
        case .timedOut:
            BrokerError(.timedOut, "The upstream\(host) did not answer in time.")
        case .cancelled:
            BrokerError(.cancelled, "The login was cancelled.")
        case .shutDown:
            BrokerError(.unavailable, "The broker is shutting down.")
        case .outOfDescriptors:
            BrokerError(
                .unavailable, "The broker has no connections left for upstreams. Raise its limit on open files.")
        case .originAtLimit:
            BrokerError(
                .unavailable,
                """
                This upstream has all the connections that the broker can spare for it. Raise the broker's limit on open \
                files, or lower limits.concurrency.
                """
            )
        case .internalFault:
            BrokerError(.internalError, "The transport failed.")
        }
    }
}

extension UpstreamRequest {
    /// The longest host that a message repeats, in bytes: the longest name that DNS has (RFC 1035 §2.3.4).
    private static let longestHost = 253

    /// The host that it is for, without the port; nil if there is none to show.
    var host: String? {
        guard let url = UpstreamURL("\(head.scheme ?? "https")://\(head.authority ?? "")"),
            url.host.utf8.count <= Self.longestHost
        else { return nil }
        return url.host
    }
}
