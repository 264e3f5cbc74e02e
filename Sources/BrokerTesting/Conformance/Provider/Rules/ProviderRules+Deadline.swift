import CurlTransport
import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var deadlineRules: [ConformanceCase] {
        [
            rule(
                "a login waits for a stalled upstream until the deadline, and no longer",
                because: "A hanging login keeps a person waiting, and takes a place that others wait for.",
                under: AnswerFault.stalls,
                failsAs: [.timedOut]
            ),
            rule(
                "a handshake that hangs ends with the deadline, and leaves the credential unused",
                because: "Nothing of it has left. A person who tries again must not be told that it was used."
            ) { bench in
                let transport = try CurlTransport(connectionPoolSize: 4)
                let outcome = await Outcome { try await bench.checkHangingHandshake(over: transport) }
                await transport.shutdown()
                try outcome.get()
            },
            rule(
                "a provider's work ends with the login",
                because: """
                    No one waits for work after the deadline, and it must have no effect. Each login with a slow \
                    upstream would leave memory and a task behind.
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
                "a login whose caller gives up ends at once, as cancelled",
                because: "There is no point in waiting for a user who closed the app, and no other error to report."
            ) { bench in
                for request in 1...fixture.requestsPerLogin {
                    let attempt = try await bench.cancelledLogin(during: request)
                    try attempt.mustFail(as: [.cancelled], "abandoned during request \(request)")
                }
            },
            rule(
                "an abandoned login sends nothing more",
                because: "The credential might be redeemed for someone who is no longer there."
            ) { bench in
                for request in 1...fixture.requestsPerLogin {
                    let attempt = try await bench.cancelledLogin(during: request)
                    try await bench.mustEnd(attempt, "abandoned during request \(request)")
                    let count = bench.requests(of: attempt.person).count
                    try require(count == request, "abandoned during request \(request): \(count) requests were sent")
                }
                let visit = try await bench.visit()
                let early = await Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return await visit.login()
                }.value
                try early.mustFail(as: [.cancelled], "abandoned before it began")
                try require(
                    bench.requests(of: early.person).isEmpty, "abandoned before it began: a request was sent")
            },
            rule(
                "a provider reports cancellation as nothing else",
                because: """
                    A provider's error for a cancellation counts if it is faster than the pipeline: a person who left \
                    would then have a bad credential, or an upstream would seem down.
                    """
            ) { bench in
                for request in 1...fixture.requestsPerLogin {
                    let attempt = try await bench.cancelledLogin(during: request)
                    let ending = try await bench.ending(of: attempt, "abandoned during request \(request)")
                    let kind = (ending.error as? BrokerError)?.kind
                    try require(
                        kind == .cancelled || ending.error is CancellationError,
                        "abandoned during request \(request): the provider ended with \(kind?.rawValue ?? "another error")"
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
        try await fetchAppToken(at: visit)
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

    /// How the provider's part of the login ended; ends the check if it does not end in time.
    fileprivate func ending(of attempt: Attempt, _ circumstances: String) async throws -> LoginWatch.Ending {
        try await withTimeLimit(patience, of: "\(circumstances): the provider's work") {
            try await attempt.watch.waitForEnding()
        }
    }

    fileprivate func mustEnd(_ attempt: Attempt, _ circumstances: String) async throws {
        _ = try await ending(of: attempt, circumstances)
    }
}
