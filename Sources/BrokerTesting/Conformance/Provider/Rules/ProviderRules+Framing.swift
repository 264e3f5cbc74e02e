import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var framingRules: [ConformanceCase] {
        [
            rule(
                "an answer longer than the instance allows is refused",
                because: "An upstream that floods must affect only its own logins, and must not exhaust memory.",
                under: AnswerFault.tooLong,
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "endless header fields are refused",
                because: "They come before any stated length.",
                under: [AnswerFault.endlessHeaders],
                failsAs: [.upstreamMisbehaved]
            ),
            rule(
                "an answer whose length differs from its stated length is refused",
                because: "It was truncated, or something was appended (RFC 9112 §8, CWE-444).",
                under: AnswerFault.lyingLengths,
                failsAs: [.upstreamMisbehaved, .upstreamUnavailable]
            ),
            rule(
                "an answer that is not HTTP is refused",
                because: "The program that listens there is not the upstream.",
                under: [AnswerFault.notHTTP],
                failsAs: [.upstreamMisbehaved, .upstreamUnavailable]
            ),
            rule(
                "an answer in chunks, or after an interim one, is accepted",
                because: "A proxy may reframe an answer and send early hints (RFC 9112 §7.1, RFC 9110 §15.2)."
            ) { bench in
                let framings: [(String, Treatment.Answer)] = [
                    ("in one-byte chunks", { [.respond($0.correct.framed(.chunked(size: 1)))] }),
                    ("in one chunk", { [.respond($0.correct.framed(.chunked(size: .max)))] }),
                    ("up to the end of the connection", { [.respond($0.correct.framed(.untilClose)), .close] }),
                    (
                        "after early hints",
                        { [.send(Array("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".utf8)), .respond($0.correct)] }
                    ),
                ]
                for (name, script) in framings {
                    let answers = Dictionary(
                        uniqueKeysWithValues: (1...fixture.requestsPerLogin).map { ($0, script) })
                    let person = bench.person()
                    let identity = try await bench.login(of: person, Treatment(answers: answers)).identity(name)
                    let differences = identity.differences(from: fixture.expectation(of: person))
                    try require(differences.isEmpty, "\(name): the identity has unexpected values: \(differences)")
                }
            },
        ]
    }
}

extension ServerResponse {
    fileprivate func framed(_ framing: BodyFraming) -> ServerResponse {
        var response = self
        response.framing = framing
        return response
    }
}
