import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var statusRules: [ConformanceCase] {
        [
            rule(
                "a redirect is not followed",
                because: """
                    The redirect's target would get the credential, and the secret with it. Exchanges have one \
                    address, which is configured (OAuth 2.0 Security BCP, RFC 9700 §4.12).
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
                "a failure status is a failure, whatever the body says",
                because: "If status and body contradict each other, the cautious reading applies.",
                under: AnswerFault.contradictions,
                failsAs: .anyRefusal
            ),
            rule(
                "a success without content is not a success",
                because: "A person must be in it.",
                under: AnswerFault.noContent,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "a failing upstream is unavailable, and no credential is to blame",
                because: """
                    After a bad credential, people sign in again; for a failing upstream, they wait. And a breaker opens \
                    only for an upstream reported as failing (RFC 9110 §15.6).
                    """,
                under: AnswerFault.failures,
                failsAs: [.upstreamUnavailable]
            ),
        ]
    }

    var patienceRules: [ConformanceCase] {
        [
            rule(
                "an upstream's Retry-After is honored, in both forms",
                because: """
                    An upstream that says how long to wait is spared earlier attempts (RFC 6585 §4, RFC 9110 §10.2.3).
                    """
            ) { bench in
                try await bench.forEachLogin(under: AnswerFault.patience) { attempt, circumstances in
                    let error = try attempt.mustFail(as: [.rateLimited], circumstances)
                    try require(
                        error.retryAfter == .seconds(AnswerFault.secondsOfPatience),
                        "\(circumstances): the error's retryAfter is \(error.retryAfter.map { "\($0)" } ?? "nil")"
                    )
                }
            }
        ]
    }
}

extension ProviderBench {
    fileprivate func checkRedirects(to elsewhere: FakeUpstream) async throws {
        for fault in AnswerFault.redirects(to: "\(elsewhere.baseURL)/") {
            for request in fixture.requiredRequests {
                let before = personalRequestCount
                try await login(under: fault, at: request).mustFail(as: [.upstreamMisbehaved], "\(fault)")
                let count = personalRequestCount - before
                try require(count == request, "\(fault) in answer to request \(request): \(count) requests were sent")
            }
            // They have the user's token in them. The login may go on without them.
            for request in fixture.optionalRequests.sorted() {
                let before = personalRequestCount
                _ = try await login(under: fault, at: request)
                let count = personalRequestCount - before
                try require(
                    (request...fixture.requestsPerLogin).contains(count),
                    "\(fault) in answer to request \(request): \(count) requests were sent")
            }
        }
        let count = try await elsewhere.countConnections()
        try require(count == 0, "the provider connected to the redirect's target")
    }
}
