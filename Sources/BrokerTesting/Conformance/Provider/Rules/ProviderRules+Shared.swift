import IdentityBroker
import LoopbackServer

extension ProviderRules {
    /// The rules for what logins share; none for a type that shares nothing.
    var sharedRules: [ConformanceCase] {
        guard fixture.sharedRequests > 0 else { return [] }
        return sharingRules + (omits(.unknownKeys) ? [] : unknownKeyRules)
    }

    private var sharingRules: [ConformanceCase] {
        [
            rule(
                "what logins share is fetched once for all of them",
                because: """
                    After a restart, everyone signs in at once. If each login fetched the upstream's keys, the \
                    upstream would turn all of them away, then and later.
                    """
            ) { bench in
                let visits = try await bench.visits(of: 1...100, .correct)
                let gate = Turnstile()
                bench.stage.answerShared { ServerScript([.respond($0)]).held(at: gate) }
                let isFetchDue = bench.stage.sharedRequestCount < fixture.sharedRequests
                let attempts = try await bench.logins(of: visits) {
                    if isFetchDue { try await gate.waitUntilHeld() }
                    gate.open()
                }
                for attempt in attempts { _ = try attempt.identity("one of a hundred") }
                let count = bench.stage.sharedRequestCount
                try require(
                    count == fixture.sharedRequests,
                    "a hundred logins made \(count) requests for shared values instead of \(fixture.sharedRequests)")
            },
            rule(
                "an upstream that fails to provide shared values is unavailable, asked rarely, and asked again",
                because: """
                    No credential is to blame. Asking a failing upstream at each login keeps it down, and never asking \
                    again keeps the provider down.
                    """
            ) { bench in
                let visits = try await bench.visits(of: 1...12, .correct, beginningElsewhere: true)
                let before = bench.stage.sharedRequestCount
                bench.stage.answerShared { _ in .respond(status: 503) }
                for visit in visits.dropLast() {
                    try await visit.login().mustFail(as: [.upstreamUnavailable], "without the shared values")
                }
                let count = bench.stage.sharedRequestCount - before
                try require(count <= fixture.sharedRequests, "a failing upstream was asked \(count) times in a row")
                bench.stage.answerShared(by: nil)
                bench.clock.advance(by: .seconds(60))
                for visit in visits.suffix(1) {
                    _ = try await visit.login().identity("once the upstream answers again")
                }
            },
        ]
    }
    private var unknownKeyRules: [ConformanceCase] {
        [
            rule(
                "a flood of unknown keys does not reach the upstream",
                because: """
                    Anyone can make up a token that names a key. If each caused a fetch, the upstream would turn the \
                    broker away, and with it everyone's logins.
                    """
            ) { bench in
                let visits = try await bench.visits(of: 1...50, Treatment(variant: .unknownKey))
                for visit in visits {
                    try await visit.login().mustFail(
                        as: [.invalidCredential, .upstreamMisbehaved], "signed with an unknown key")
                }
                let (count, expected) = (bench.stage.sharedRequestCount, fixture.sharedRequests)
                try require(count > expected, "the provider did not ask the upstream for new keys")
                try require(count <= 2 * expected, "fifty such logins sent \(count) requests to the upstream")
            },
            rule(
                "a failed refetch fails no other login, and is not blamed on the credential",
                because: """
                    The cached keys are still valid. And without an answer, no one can say that a key is unknown: it \
                    may be the upstream's newest.
                    """
            ) { bench in
                let visits = try await bench.visits(of: 1...12, .correct)
                _ = try await visits[0].login().identity("before the upstream failed")
                let before = bench.stage.sharedRequestCount
                bench.stage.answerShared { _ in .respond(status: 503) }
                for (number, visit) in visits.enumerated().dropFirst() {
                    if number.isMultiple(of: 2) {
                        _ = try await visit.login().identity("while the upstream provides no keys")
                    } else {
                        bench.stage.expect(visit.person, Treatment(variant: .unknownKey))
                        try await visit.login().mustFail(
                            as: [.upstreamUnavailable], "signed with an unknown key, while the upstream provides none")
                    }
                }
                let count = bench.stage.sharedRequestCount - before
                try require(count <= fixture.sharedRequests, "a failing upstream was asked \(count) times in a row")
            },
        ]
    }
}
