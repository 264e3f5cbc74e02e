import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var contentRules: [ConformanceCase] {
        [
            rule(
                "an answer that is not JSON is refused, and so is an empty one with a success status",
                because:
                    "A captive portal, a proxy or a load balancer also answers 200. A success flag is not a person.",
                under: AnswerFault.notJSON,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "JSON that is not an object with a person in it is refused",
                because: "The absence of an error is not success. The presence of a person is.",
                under: AnswerFault.notAnObject,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "a truncated answer is refused",
                because: "The missing part may say that the person is blocked.",
                under: AnswerFault.cutOff,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer with duplicate members is refused",
                because: """
                    One reader takes the first and another the last, so that one value is checked and the other used \
                    (RFC 8259 §4; CVE-2017-12635).
                    """,
                under: AnswerFault.doubled,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer that is not UTF-8 is refused",
                because: "JSON is UTF-8 (RFC 8259 §8.1). A repaired id is another id, and two ids may become one.",
                under: [AnswerFault.invalidUTF8],
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer nested too deep is refused",
                because: "A few kilobytes crash a reader that follows every level, and the process with it.",
                under: [AnswerFault.deepNesting],
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an unrequested compressed answer is refused",
                because:
                    "One kilobyte of it can expand to a gigabyte. No content coding was requested (RFC 9110 §12.5.3).",
                under: [AnswerFault.compressed],
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer with a missing or changed part is refused, or yields the same person",
                because: """
                    Upstreams change, and omit what was always there. A provider may tolerate that, but not for the \
                    person: a success flag identifies no one (CVE-2023-27490: a check that is skipped if its value is \
                    absent).
                    """
            ) { bench in
                let sample = try await bench.login()
                _ = try sample.identity()
                for (index, request) in bench.requests(of: sample.person).enumerated() {
                    let answer = bench.stage.fixtureResponse(to: request, about: sample.person, as: .correct)
                    let body = answer?.body ?? []
                    for mutation in JSONMutation.all(of: body) {
                        try await bench.check(mutation, ofAnswer: index + 1)
                    }
                }
            },
        ]
    }
}

extension ProviderBench {
    fileprivate func check(_ mutation: JSONMutation, ofAnswer number: Int) async throws {
        let person = person()
        let attempt = try await login(
            of: person, Treatment(answers: [number: { .json(mutation.applied(to: $0.correct.body)) }]))
        switch attempt.outcome {
        case .success(let identity):
            let isSame = identity.subject == fixture.expectation(of: person).subject
            try require(isSame, "\(mutation): the login signed in another person")
        case .failure:
            try attempt.mustFail(as: .anyRefusal, "\(mutation)")
        }
    }
}
