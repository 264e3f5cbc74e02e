import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var fateRules: [ConformanceCase] {
        [
            rule(
                "a credential that did not leave may be presented again, and still works",
                because: "A restart of the upstream must not force everyone to log in again."
            ) { bench in
                try await bench.forEachVisit(under: HandshakeFault.endings) { visit, name in
                    try await bench.mustBeUnused(visit.login(), name)
                    _ = try await visit.login().identity("presented again after \(name)")
                }
            },
            rule(
                "an unreachable upstream spends no credential",
                because: "Nothing was sent, so nothing was spent."
            ) { bench in
                let port = try ReservedPort()
                let settings = fixture.settings(upstream: "https://localhost:\(port.number)")
                let unreachable = try bench.instance(bench.document(settings: settings))
                let refused = try await bench.visit(to: unreachable)
                let failed = await refused.login()
                try failed.mustFail(as: [.upstreamUnavailable], "with no server listening")
                try bench.mustBeUnused(failed, "with no server listening")
                try await refused.login().mustFail(
                    as: [.upstreamUnavailable], "with no server listening, presented again")
            },
            rule(
                "an address that the egress policy refuses is not connected to",
                because: """
                    A name that resolves to the cloud's metadata service, or to this machine, makes the broker a \
                    gateway into its network (CWE-918; CVE-2020-10770).
                    """
            ) { bench in
                var document = bench.document()
                document.allowsLoopback = false
                let visit = try await bench.visit(to: bench.instance(document))
                let before = try await bench.upstream.countConnections()
                let attempt = await visit.login()
                try attempt.mustFail(as: [.misconfigured], "a refused address")
                try bench.mustBeUnused(attempt, "a refused address")
                // Counting makes a connection as well.
                let count = try await bench.upstream.countConnections() - before - 1
                try require(count == 0, "the provider connected to it")
            },
        ]
    }
}

extension ProviderBench {
    fileprivate func mustBeUnused(_ attempt: Attempt, _ circumstances: String) throws {
        let error = try attempt.error(circumstances)
        try require(error.credential == .unused, "\(circumstances): the credential is \(error.credential)")
        try require(requests(of: attempt.person).isEmpty, "\(circumstances): a request was sent")
    }
}
