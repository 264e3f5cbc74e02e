import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var statusRules: [ConformanceCase] {
        [
            rule(
                "a redirect is not followed",
                because: """
                    Whoever is redirected to gets the credential, and the secret with it. Exchanges have one address, which is \
                    configured (OAuth 2.0 Security BCP, RFC 9700 §4.12).
                    """
            ) { bench in
                let elsewhere = try await FakeUpstream.start()
                let outcome = await Outcome {
                    try await bench.checkRedirects(to: elsewhere)
                }
                await elsewhere.stop()
                try outcome.get()
            },
            rule(
                "a status of failure is a failure, whatever the body says",
                because: "Two answers in one are none. Of two that contradict each other the cautious one holds.",
                under: AnswerFault.contradictions,
                failsAs: .anyRefusal
            ),
            rule(
                "a success without content is not a success",
                because: "Somebody has to be in it.",
                under: AnswerFault.noContent,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an upstream that fails is unavailable, and nobody's credential is to blame",
                because: """
                    A person is told to sign in again for one, and to wait for the other. And a breaker leaves alone only an \
                    upstream that is said to fail (RFC 9110 §15.6).
                    """,
                under: AnswerFault.failures,
                failsAs: [.upstreamUnavailable]
            ),
        ]
    }

    var patienceRules: [ConformanceCase] {
        [
            rule(
                "an upstream that asks for patience is heard, in both forms",
                because: "Who says how long to wait is spared the attempts before (RFC 6585 §4, RFC 9110 §10.2.3)."
            ) { bench in
                try await bench.forEachLogin(under: AnswerFault.patience) { attempt, circumstances in
                    let error = try attempt.mustFail(as: [.rateLimited], circumstances)
                    try require(
                        error.retryAfter == .seconds(AnswerFault.secondsOfPatience),
                        "\(circumstances): the error says to wait for \(error.retryAfter.map { "\($0)" } ?? "no time")"
                    )
                }
            }
        ]
    }
}

extension ProviderBench {
    fileprivate func checkRedirects(to elsewhere: FakeUpstream) async throws {
        for fault in AnswerFault.redirects(to: "\(elsewhere.baseURL)/") {
            for request in 1...fixture.requestsPerLogin {
                let before = personalRequestCount
                try await login(under: fault, at: request).mustFail(as: [.upstreamMisbehaved], "\(fault)")
                let count = personalRequestCount - before
                try require(count == request, "\(fault) in answer to request \(request), and \(count) were sent")
            }
        }
        let count = try await elsewhere.countConnections()
        try require(count == 0, "the other host was connected to")
    }
}
