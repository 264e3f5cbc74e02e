import CurlTransport
import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var deadlineRules: [ConformanceCase] {
        [
            rule(
                "an upstream that stalls is waited for until the deadline, and no longer",
                because: "A login that hangs holds a person, and a place that somebody else waits for.",
                under: AnswerFault.stalls,
                failsAs: [.timedOut]
            ),
            rule(
                "a handshake that hangs ends with the deadline, and leaves the credential unused",
                because: "Nothing of it has left. Whoever tries again must not be told that it was used."
            ) { bench in
                let transport = try CurlTransport(connectionPoolSize: 4)
                let outcome = await Outcome { try await bench.checkHangingHandshake(over: transport) }
                await transport.shutdown()
                try outcome.get()
            },
            rule(
                "a provider's work ends with the login",
                because: """
                    Nobody waits for what goes on after the deadline, and nothing more may come of it. It is memory, and a \
                    task, that every login with a slow upstream leaves behind.
                    """
            ) { bench in
                try await bench.forEachLogin(under: AnswerFault.stalls) { attempt, circumstances in
                    try await bench.mustEnd(attempt, circumstances)
                }
            },
        ]
    }

    var cancellationRules: [ConformanceCase] {
        [
            rule(
                "a login that its caller gives up ends at once, as cancelled",
                because: "Who closed the app is not to be waited for, and is told nothing else than that they left."
            ) { bench in
                for request in 1...fixture.requestsPerLogin {
                    let attempt = try await bench.cancelledLogin(during: request)
                    try attempt.mustFail(as: [.cancelled], "given up during request \(request)")
                }
            },
            rule(
                "a login that was given up sends nothing more",
                because: "The credential might be redeemed for somebody who is no longer there."
            ) { bench in
                for request in 1...fixture.requestsPerLogin {
                    let attempt = try await bench.cancelledLogin(during: request)
                    try await bench.mustEnd(attempt, "given up during request \(request)")
                    let count = bench.requests(of: attempt.person).count
                    try require(count == request, "given up during request \(request), and \(count) were sent")
                }
                let visit = try await bench.visit()
                let early = await Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return await visit.login()
                }.value
                try early.mustFail(as: [.cancelled], "given up before it began")
                try require(
                    bench.requests(of: early.person).isEmpty, "given up before it began, and a request was sent")
            },
            rule(
                "a provider passes on that it was cancelled, as nothing else",
                because: """
                    What a provider makes of a cancellation counts as soon as it is faster than the pipeline: a person who \
                    left would then have a bad credential, or an upstream be down.
                    """
            ) { bench in
                for request in 1...fixture.requestsPerLogin {
                    let attempt = try await bench.cancelledLogin(during: request)
                    let ending = try await bench.ending(of: attempt, "given up during request \(request)")
                    let kind = (ending.error as? BrokerError)?.kind
                    try require(
                        kind == .cancelled || ending.error is CancellationError,
                        "given up during request \(request), the provider ended with \(kind?.rawValue ?? "another error")"
                    )
                }
                let transport = FailingTransport(TransportFailure(.cancelled, mayHaveLeft: false))
                let attempt = try await bench.visit(over: bench.carrying(people: transport)).login()
                try attempt.mustFail(as: [.cancelled], "a cancelled request")
            },
        ]
    }
}

extension ProviderBench {
    /// A login over a transport without earlier connections.
    fileprivate func checkHangingHandshake(over transport: CurlTransport) async throws {
        let visit = try await visit(over: carrying(people: transport))
        let connections = upstream.server.connectionCount
        upstream.enqueue(.hangInHandshake)
        let attempt = try await visit.login(
            at: { try await upstream.server.waitForConnections(connections + 1) },
            { _ in passDeadline() }
        )
        let error = try attempt.mustFail(as: [.timedOut], "a handshake that hangs")
        try require(error.credential == .unused, "the credential is \(error.credential)")
        _ = try await visit.login().identity("presented again")
    }

    /// A login that its caller abandons while the upstream has not answered this request.
    fileprivate func cancelledLogin(during request: Int) async throws -> Attempt {
        let gate = Turnstile()
        let stall = AnswerFault.stall("no answer") { _ in [] }
        let visit = try await visit(under: stall, at: request, stallingAt: gate)
        return try await visit.login(at: { try await gate.waitUntilHeld() }) { $0.cancel() }
    }

    /// How the provider's part of the login ended, which it must.
    fileprivate func ending(of attempt: Attempt, _ circumstances: String) async throws -> LoginWatch.Ending {
        try await withTimeLimit(patience, of: "\(circumstances): the provider's work") {
            try await attempt.watch.waitForEnding()
        }
    }

    fileprivate func mustEnd(_ attempt: Attempt, _ circumstances: String) async throws {
        _ = try await ending(of: attempt, circumstances)
    }
}
