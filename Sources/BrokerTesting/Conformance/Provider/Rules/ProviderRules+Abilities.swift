import BrokerConfiguration
import IdentityBroker

extension ProviderRules {
    var abilityRules: [ConformanceCase] {
        let capabilities = fixture.kind.capabilities
        return (capabilities.contains(.launch) ? launchRules : [])
            + (capabilities.contains(.callback) ? callbackRules : [])
            + (capabilities.contains(.redirect) ? redirectRules : [])
            + (capabilities.contains(.logout) ? logoutRules : [])
    }

    private var launchRules: [ConformanceCase] {
        [
            rule(
                "the launch request is made without a secret, and contains none",
                because: "It goes to the user's device, and is requested where no secret is available."
            ) { bench in
                let entries = try bench.configuration().providers
                guard let launch = try entries.first?.launchRequest() else {
                    throw Observation("the configuration does not contain the instance")
                }
                try require(launch.target.isSnakeCase, "the target '\(launch.target)' is not a word in snake case")
                let names = launch.parameters.map(\.name)
                try require(names.allSatisfy(\.isSnakeCase), "not all of \(names) are words in snake case")
                try require(Set(names).count == names.count, "two parameters have the same name")
                for (name, secret) in fixture.secrets {
                    let isFound = launch.parameters.contains { Canary(name, secret).isFound(in: Haystack($0.value)) }
                    try require(!isFound, "\(name) appears in a parameter")
                }
            }
        ]
    }

    private var callbackRules: [ConformanceCase] {
        let examples = fixture.callbacks
        return [
            rule(
                "another app's callback is read, and a refusal is distinguished from a mistake",
                because: "A user who changed their mind should not be told that the login failed."
            ) {
                try require(!examples.isEmpty, "the fixture has no example")
                for (number, example) in examples.enumerated() {
                    let outcome = outcome(of: example.text)
                    try require(outcome == example.outcome, "example \(number + 1) was \(Self.describe(outcome))")
                }
            },
            rule(
                "another app's callback is untrusted text, and no error repeats it",
                because: """
                    It comes through the user's device. A provider that crashes on it can be stopped by anyone, and \
                    one that repeats it shows an attacker's text (CVE-2020-36599).
                    """
            ) {
                for text in Self.hostileTexts {
                    guard case .failure(let error) = result(of: text) else { continue }
                    let kinds: Set<BrokerError.Kind> = [.invalidCredential, .cancelledByUser, .accessDenied]
                    try require(kinds.contains(error.kind), "a text that is not a callback failed as \(error.kind)")
                    let isFound = Canary("the text", AnswerFault.words).isFound(in: Haystack(renderingsOf: error))
                    try require(!isFound, "the error repeats the text")
                }
            },
        ]
    }

    private static var hostileTexts: [String] {
        let words = AnswerFault.words
        return [
            "", " ", "\u{0}", "?", "&&==&", "%", "%zz=%f", words, "code=\(words)", "ticket=\(words)&ticket=other",
            "error=access_denied&error_description=\(words)", "code=200&message=\(words)", "<script>\(words)</script>",
            "\u{202E}\(words)\r\n", "code[]=\(words)", "#code=\(words)", String(repeating: "\(words)&", count: 50_000),
        ]
    }

    private func result(of text: String) -> Result<Credential, BrokerError> {
        do throws(BrokerError) {
            return .success(try fixture.kind.credential(fromCallback: text))
        } catch {
            return .failure(error)
        }
    }

    private static func describe(_ outcome: CallbackExample.Outcome) -> String {
        switch outcome {
        case .credential: "read as a credential, or as the wrong one"
        case .failure(let kind): "refused as \(kind)"
        }
    }

    private func outcome(of text: String) -> CallbackExample.Outcome {
        switch result(of: text) {
        case .success(let credential): .credential(credential.value.reveal())
        case .failure(let error): .failure(error.kind)
        }
    }
}
