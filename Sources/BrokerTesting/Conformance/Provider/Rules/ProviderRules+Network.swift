import IdentityBroker

extension ProviderRules {
    var networkRules: [ConformanceCase] {
        [
            rule(
                "nothing leaves but through the transport",
                because: """
                    Deadline, egress policy, TLS, size limits and single use hold for what goes through it. A connection of a \
                    provider's own has none of them.
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
                    try require(count == 0, "without a transport the upstream was connected to nevertheless")
                }
            }
        ]
    }
}
