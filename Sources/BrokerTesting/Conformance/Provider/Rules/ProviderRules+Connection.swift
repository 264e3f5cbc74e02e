import IdentityBroker

extension ProviderRules {
    var connectionRules: [ConformanceCase] {
        [
            rule(
                "a connection that breaks before or during the answer fails the login",
                because: "The received part may be half of a refusal.",
                under: AnswerFault.lostConnections,
                failsAs: [.upstreamUnavailable, .upstreamMisbehaved]
            ),
            rule(
                "a failed TLS handshake is refused before anything leaves",
                because: """
                    The credential and the secret would go to a man in the middle. TLS 1.1 is forbidden (RFC 8996), \
                    and a certificate is checked for host, authority and time (RFC 9525, RFC 5280 §6).
                    """
            ) { bench in
                try await bench.forEachVisit(under: HandshakeFault.endings) { visit, name in
                    try await visit.login().mustFail(as: [.upstreamUnavailable], name)
                    try require(bench.requests(of: visit.person).isEmpty, "\(name): a request was sent")
                }
            },
            rule(
                "the login fails with the transport's own failure",
                because: """
                    Only the transport knows the cause. If a timeout or a wrong address is reported as a bad \
                    credential, the wrong person looks for the cause.
                    """
            ) { bench in
                for (reason, kind) in TransportFailure.Reason.kinds {
                    for mayHaveLeft in [false, true] {
                        let transport = FailingTransport(TransportFailure(reason, mayHaveLeft: mayHaveLeft))
                        let attempt = try await bench.visit(over: bench.carrying(people: transport)).login()
                        try attempt.mustFail(as: [kind], "\(reason)")
                        try require(
                            transport.attemptCount == 1, "\(reason): the provider tried \(transport.attemptCount) times"
                        )
                    }
                }
            },
        ]
    }
}

extension TransportFailure.Reason {
    /// The failure of a login for each reason that does not involve the provider.
    fileprivate static let kinds: [(TransportFailure.Reason, BrokerError.Kind)] = [
        (.nameNotResolved, .upstreamUnavailable), (.connectionFailed, .upstreamUnavailable),
        (.tlsRefused, .upstreamUnavailable), (.connectionLost, .upstreamUnavailable),
        (.malformedResponse, .upstreamMisbehaved), (.headersTooLarge, .upstreamMisbehaved),
        (.bodyTooLarge, .upstreamMisbehaved), (.timedOut, .timedOut), (.addressRefused, .misconfigured),
        (.insecureRefused, .misconfigured), (.trustUnavailable, .misconfigured), (.shutDown, .unavailable),
        (.proxyConnectionFailed, .upstreamUnavailable), (.proxyRefused, .misconfigured),
        (.outOfDescriptors, .unavailable), (.originAtLimit, .unavailable),
    ]
}

extension ProviderRules {
    var networkRules: [ConformanceCase] {
        [
            rule(
                "nothing leaves except through the transport",
                because: """
                    Deadline, egress policy, TLS, size limits and single use apply to what goes through it, and not to \
                    a provider's own connections.
                    """
            ) { bench in
                for reason in [TransportFailure.Reason.connectionFailed, .nameNotResolved, .shutDown] {
                    let transport = FailingTransport(TransportFailure(reason, mayHaveLeft: false))
                    let visit = try await bench.visit(over: transport, beginningElsewhere: true)
                    let before = try await bench.upstream.countConnections()
                    let attempt = await visit.login()
                    // A provider that sends nothing needs no transport.
                    if fixture.requestsPerLogin > 0 { _ = try attempt.error("without a network") }
                    // Counting makes a connection as well.
                    let count = try await bench.upstream.countConnections() - before - 1
                    try require(count == 0, "the provider connected to the upstream without the transport")
                }
            }
        ]
    }
}
