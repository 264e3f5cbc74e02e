import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var contentRules: [ConformanceCase] {
        [
            rule(
                "an answer that is not JSON is refused, and so is no answer under a status of success",
                because: "A captive portal, a proxy or a load balancer says 200 as well. A flag is not a person.",
                under: AnswerFault.notJSON,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "JSON that is not an object with somebody in it is refused",
                because: "That no error is in it makes no success of it. A person in it does.",
                under: AnswerFault.notAnObject,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer that breaks off is refused",
                because: "What is missing may have been that the person is blocked.",
                under: AnswerFault.cutOff,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer that says one thing twice is refused",
                because: """
                    One reader takes the first and another the last, which is how a document passes a check as one and is used \
                    as the other (RFC 8259 §4; CVE-2017-12635).
                    """,
                under: AnswerFault.doubled,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer that is not UTF-8 is refused",
                because: "JSON is UTF-8 (RFC 8259 §8.1). A repaired id is another id, and two may be repaired to one.",
                under: [AnswerFault.invalidUTF8],
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer nested too deep is refused",
                because: "A reader that follows every level is stopped by a few kilobytes, and the process with it.",
                under: [AnswerFault.deepNesting],
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "a compressed answer that nobody asked for is refused",
                because: "A kilobyte of it can be a gigabyte. Nobody asked for a content coding (RFC 9110 §12.5.3).",
                under: [AnswerFault.compressed],
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer with a part that is missing or something else is refused, or about the same person",
                because: """
                    Upstreams change, and drop what was always there. Whatever a provider does without, it must not be the \
                    person: a flag of success is nobody (CVE-2023-27490: a check that is skipped where its value is absent).
                    """
            ) { bench in
                let sample = try await bench.login()
                _ = try sample.identity()
                for (index, request) in bench.requests(of: sample.person).enumerated() {
                    let body = fixture.response(to: request, about: sample.person, as: .correct)?.body ?? []
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
            try require(isSame, "\(mutation), and the login is another person's")
        case .failure:
            try attempt.mustFail(as: .anyRefusal, "\(mutation)")
        }
    }
}
