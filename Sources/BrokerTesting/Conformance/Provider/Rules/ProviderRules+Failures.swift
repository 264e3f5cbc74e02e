import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var failureRules: [ConformanceCase] {
        let refusals = fixture.refusals
        return [
            rule(
                "every refusal of the upstream fails with its proper kind, and with its code",
                because: "A person who must set a new password needs a different page than one who is denied access."
            ) { bench in
                try require(!refusals.isEmpty, "the fixture lists no refusal")
                for refusal in refusals {
                    let error = try await bench.login(under: refusal).mustFail(as: [refusal.kind], "\(refusal)")
                    if let code = refusal.code {
                        try require(error.upstreamCode == code, "\(refusal): the error does not carry the code \(code)")
                    }
                }
            },
            rule(
                "a failure has a kind that a provider may use",
                because: """
                    To the pipeline, any other error is a bug, and no one learns what happened. Some kinds are \
                    reserved for the pipeline, since only it knows what they state.
                    """
            ) { (login: FinishedLogin) in
                guard let error = login.attempt.watch.ending?.error, !(error is CancellationError) else { return }
                guard let error = error as? BrokerError else {
                    throw Observation("\(login.circumstances): the provider threw a \(type(of: error))")
                }
                let kinds = Set<BrokerError.Kind>.anyRefusal.union([.timedOut, .cancelled])
                try require(kinds.contains(error.kind), "\(login.circumstances): the provider failed as \(error.kind)")
            },
            rule(
                "every failure says what happened in the provider's own words",
                because: """
                    The upstream's text is untrusted: it can contain markup, another log line or someone's data \
                    (CVE-2020-36599).
                    """
            ) { (login: FinishedLogin) in
                guard case .failure(let error) = login.attempt.outcome else { return }
                try require(error.message.contains { $0.isLetter }, "\(login.circumstances): there is no message")
                try require(
                    !error.message.unicodeScalars.contains { $0.properties.generalCategory == .control },
                    "\(login.circumstances): the message contains control characters"
                )
                let person = login.attempt.person
                let foreignWords = [
                    Canary("a message of the upstream's", AnswerFault.words),
                    // What every name and address of the kit shares belongs to no one.
                    Canary("the person's name", String(person.name.split(separator: " ").last ?? "")),
                    Canary("the person's e-mail address", String(person.email.prefix { $0 != "@" })),
                ]
                let text = Haystack(renderingsOf: login.attempt.watch.ending?.error ?? error)
                for words in foreignWords {
                    try require(!words.isFound(in: text), "\(login.circumstances): the error repeats \(words)")
                }
            },
        ]
    }
}
