import IdentityBroker
import LoopbackServer

extension ProviderRules {
    /// The rules for credentials that may be redeemed once.
    var singleUseRules: [ConformanceCase] {
        let requestsPerLogin = fixture.requestsPerLogin
        return [
            rule(
                "a credential that may have left is not presented again",
                because: """
                    No one knows whether it was redeemed. Presented again, it might redeem what someone else obtained \
                    in between (RFC 6749 §4.1.2: a code is used once).
                    """
            ) { (login: FinishedLogin) in
                guard case .failure(let error) = login.attempt.outcome else { return }
                let wasSent = !login.requests.isEmpty
                try require(
                    !wasSent || error.credential != .unused,
                    "\(login.circumstances): the credential was sent, but is reported as unused"
                )
                guard let again = login.again else { return }
                try again.mustFail(as: [.credentialAlreadyUsed], "\(login.circumstances), presented again")
                try require(
                    login.sentCountAgain == 0, "\(login.circumstances), presented again: a request was sent")
            },
            rule(
                "of a hundred logins with one credential, one is exchanged and the others are refused",
                because: "A double tap, a retrying proxy and a thief look alike. Only one of them gets through."
            ) { bench in
                let visit = try await bench.visit()
                let attempts = try await race(100) { _ in await visit.login() }
                let successes = attempts.filter { (try? $0.outcome.get()) != nil }
                try require(successes.count == 1, "\(successes.count) of them succeeded")
                for attempt in attempts where (try? attempt.outcome.get()) == nil {
                    try attempt.mustFail(as: [.credentialAlreadyUsed], "one of a hundred")
                }
                try bench.mustHaveSentOnce(attempts[0], "a hundred logins with one credential")
                let count = bench.requests(of: visit.person).count
                try require(
                    count == requestsPerLogin, "\(count) requests were sent instead of \(requestsPerLogin)")
            },
            rule(
                "a credential that was redeemed is refused before anything is sent",
                because: "The broker does not rely on the upstream to enforce single use: not every upstream does."
            ) { bench in
                let visit = try await bench.visit()
                _ = try await visit.login().identity()
                let error = try await visit.login().mustFail(as: [.credentialAlreadyUsed], "presented again")
                try require(error.credential == .spent, "the credential is \(error.credential)")
                let count = bench.requests(of: visit.person).count
                try require(count == requestsPerLogin, "presented again: a request was sent")
            },
        ]
    }

    /// The rules about what is sent, whether or not the credential is one-time.
    var sendingRules: [ConformanceCase] {
        let requestsPerLogin = fixture.requestsPerLogin
        return [
            rule(
                "whatever the upstream answers, the credential is sent once and no request is repeated",
                because: """
                    A request that may have arrived may have been processed. A second one redeems twice, or looks like \
                    an attack that ends all of the person's sessions (RFC 6749 §4.1.2, RFC 9110 §9.2.2).
                    """
            ) { (login: FinishedLogin) in
                try login.attempt.mustHaveSentOnce(in: login.requests, login.circumstances)
                try require(
                    login.sentCount <= requestsPerLogin,
                    "\(login.circumstances): \(login.sentCount) requests were sent instead of \(requestsPerLogin)"
                )
            },
            rule(
                "a kept connection that dies causes nothing to be sent twice",
                because: "HTTP clients repeat a request by themselves when a reused connection turns out to be dead."
            ) { bench in
                let ends: [(String, ServerScript)] = [
                    ("closed", .close), ("closed without a close_notify", .closeWithoutNotify), ("reset", .reset),
                ]
                for (name, end) in ends {
                    _ = try await bench.identity()
                    for request in 1...requestsPerLogin {
                        let attempt = try await bench.login(Treatment(answers: [request: { _ in end }]))
                        try bench.mustHaveSentOnce(attempt, "a kept connection \(name) when request \(request) came")
                    }
                    let idle: Treatment.Answer = { ServerScript([.respond($0.correct)]).followed(by: end) }
                    _ = try await bench.login(Treatment(answers: [requestsPerLogin: idle])).identity()
                    let attempt = try await bench.login()
                    try bench.mustHaveSentOnce(attempt, "a kept connection \(name) while nothing was sent")
                }
            },
        ]
    }
}

extension ProviderBench {
    fileprivate func mustHaveSentOnce(_ attempt: Attempt, _ circumstances: String) throws {
        try attempt.mustHaveSentOnce(in: requests(of: attempt.person), circumstances)
    }
}

extension Attempt {
    /// Continues if at most one of the requests contained the credential.
    fileprivate func mustHaveSentOnce(in requests: [ReceivedRequest], _ circumstances: String) throws(Observation) {
        let text = Array(credential.value.revealBytes())
        let count = text.isEmpty ? 0 : requests.filter { $0.haystack.contains(text) }.count
        try require(count <= 1, "\(circumstances): \(count) requests contained the credential")
    }
}
