extension TransportFailure {
    /// The failure in the broker's own words.
    var brokerError: BrokerError {
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
            .misconfigured("The certificate authorities to trust cannot be read. Check network.caFile.")
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
        case .internalFault:
            BrokerError(.internalError, "The transport failed.")
        }
    }
}
