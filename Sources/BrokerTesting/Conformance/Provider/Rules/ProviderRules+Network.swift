import IdentityBroker

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
