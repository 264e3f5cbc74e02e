import BrokerConfiguration
import IdentityBroker
import NIOConcurrencyHelpers

extension ProviderRules {
    var secretSettingsRules: [ConformanceCase] {
        let settings = PlacedSetting.all(of: manifest.settings)
        let secrets = settings.filter { $0.setting.form == .secret }
        return [
            rule(
                "a secret setting only accepts a reference",
                because: "Configuration files are copied, reviewed and committed. A secret in one is no longer secret."
            ) { bench in
                for placed in settings where placed.setting.key.soundsSecret {
                    try require(
                        placed.setting.form == .secret,
                        "'\(placed.path)' is named like a secret, but its form is not secret"
                    )
                }
                let text = try SettingsText(bench.settings)
                for placed in secrets {
                    let problems = try bench.problems(with: text.with("bare-\(AnswerFault.words)", at: placed.keys))
                    try require(
                        problems.contains { $0.keyPath == bench.keyPath(placed.path) },
                        "with plain text at '\(placed.path)': \(problems.isEmpty ? "no problem" : "other problems") reported"
                    )
                    try require(
                        !problems.contains { $0.message.contains(AnswerFault.words) },
                        "the problem with plain text at '\(placed.path)' repeats the text"
                    )
                }
            },
            rule(
                "only the secrets and files that the settings name are read",
                because: """
                    What a provider takes from the environment by itself cannot be configured, is the same for every \
                    instance, and is not redacted from logs.
                    """
            ) { bench in
                let asked = NIOLockedValueBox<Set<String>>([])
                let watching = fixture.resolver { name in asked.withLockedValue { _ = $0.insert(name) } }
                let instance = try bench.instance(resolver: watching)
                _ = try await bench.visit(to: instance).login().identity()
                let expected = Set(fixture.secrets.keys).union(fixture.files.keys)
                let read = asked.withLockedValue { $0 }
                try require(read.isSubset(of: expected), "also read: \(Self.list(read.subtracting(expected)))")
                try require(expected.isSubset(of: read), "never read: \(Self.list(expected.subtracting(read)))")
            },
            rule(
                "an unreadable secret or file is named in the error, and nothing is sent without it",
                because: "An operator must be told which one. To continue without it would be another protocol."
            ) { bench in
                for name in fixture.secrets.keys.sorted() + fixture.files.keys.sorted() {
                    try await bench.checkMissing(name)
                }
            },
            rule(
                "an instance reveals none of its secrets",
                because: "Any value that contains a provider ends up in a debugger, a crash report or a log some day."
            ) { bench in
                let text = try Haystack(renderingsOf: bench.instance())
                for canary in fixture.secretCanaries {
                    try require(!canary.isFound(in: text), "\(canary) appears in a description of the instance")
                }
            },
        ]
    }

    private static func list(_ names: Set<String>) -> String {
        names.sorted().joined(separator: ", ")
    }
}

extension ProviderBench {
    /// Checks what happens to an instance one of whose secrets or files is missing: it cannot be created, or its logins fail.
    fileprivate func checkMissing(_ name: String) async throws {
        let error = try await failure(without: name)
        try require(error.kind == .misconfigured, "without \(name), the error is \(error.kind)")
        try require(error.message.contains(name), "without \(name), the error does not name it")
        let text = Haystack(renderingsOf: error)
        for canary in fixture.secretCanaries {
            try require(!canary.isFound(in: text), "the error without \(name) contains the value of \(canary)")
        }
    }

    private func failure(without name: String) async throws -> BrokerError {
        let instance: ProviderInstance
        do {
            instance = try self.instance(resolver: fixture.resolver(without: name))
        } catch let error as BrokerError {
            return error
        }
        let attempt = try await visit(to: instance).login()
        try require(requests(of: attempt.person).isEmpty, "without \(name), a request was sent")
        return try attempt.error("without \(name)")
    }
}

extension String {
    /// Whether a setting of this name should stay private.
    fileprivate var soundsSecret: Bool {
        let name = lowercased()
        return ["secret", "password", "passphrase", "privatekey", "apikey", "tokenkey", "credential"]
            .contains { name.hasSuffix($0) }
    }
}
