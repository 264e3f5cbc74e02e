extension TransportFailure {
    /// The failure as the broker reports it.
    package var brokerError: BrokerError {
        guard let variable = ignoredProxyVariable else { return plainError }
        return BrokerError(
            plainError.kind, "\(plainError.message) \(variable) is set and ignored; use network.proxy.")
    }

    private var plainError: BrokerError {
        switch reason {
        case .invalidRequest:
            .misconfigured("The upstream's URL cannot be sent to. Check the base URL.")
        case .insecureRefused:
            .misconfigured("The upstream's URL is plain HTTP, which this provider does not allow. Use https.")
        case .addressRefused:
            .misconfigured(
                """
                The upstream's name resolves to a private or special address. \
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
            BrokerError(.upstreamUnavailable, "The upstream's name does not resolve.")
        case .connectionFailed:
            BrokerError(.upstreamUnavailable, "The upstream cannot be connected to.")
        case .tlsRefused:
            BrokerError(
                .upstreamUnavailable,
                "The upstream's TLS was refused: a certificate that is not trusted, of another host, or out of date."
            )
        case .connectionLost:
            BrokerError(.upstreamUnavailable, "The connection to the upstream was lost.")
        case .malformedResponse:
            BrokerError(.upstreamMisbehaved, "The upstream's answer is not valid HTTP, or was cut off.")
        case .headersTooLarge:
            BrokerError(.upstreamMisbehaved, "The upstream's header fields are longer than allowed.")
        case .bodyTooLarge:
            BrokerError(.upstreamMisbehaved, "The upstream's answer is longer than limits.responseSize allows.")
        case .timedOut:
            BrokerError(.timedOut, "The upstream did not answer in time.")
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
