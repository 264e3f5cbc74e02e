import IdentityBroker

extension ProviderRules {
    var credentialRules: [ConformanceCase] {
        let manifest = manifest
        return [
            rule(
                "a credential of a kind that the type does not accept is refused before anything is sent",
                because: "Presenting a token in place of a code is a way to bypass a check."
            ) { bench in
                let kinds = ["ticket", "authorization_code", "id_token", "conformance"].map(
                    CredentialKind.init(rawValue:))
                for kind in kinds where !manifest.credentials.contains(where: { $0.kind == kind }) {
                    let visit = try await bench.visit()
                    let credential = Credential(kind: kind, value: Secret("conformance-\(visit.person.tag)"))
                    try await bench.mustRefuse(credential, at: visit, "a \(kind.rawValue)")
                }
            },
            rule(
                "a credential of a form that the type does not accept is refused before anything is sent",
                because: """
                    Whatever goes into the upstream's URL, fields or body must be checked first: white space, controls \
                    and other scripts can turn one request into two.
                    """
            ) { bench in
                for form in manifest.credentials {
                    for (name, text) in Self.malformedTexts(for: form) {
                        let credential = Credential(kind: form.kind, value: Secret(text))
                        try await bench.mustRefuse(credential, at: bench.visit(), "a \(form.kind.rawValue) \(name)")
                    }
                }
                for (number, credential) in fixture.malformedCredentials.enumerated() {
                    try await bench.mustRefuse(
                        credential, at: bench.visit(), "malformed credential \(number + 1) of the fixture")
                }
            },
            rule(
                "a disabled instance refuses before anything is sent, and needs no secret",
                because: "The kill switch is for the hour in which the upstream, or its secret, is compromised."
            ) { bench in
                var document = bench.document()
                document.isEnabled = false
                let nothing = SecretResolver(environment: { _ in nil }, readFile: { _ in throw NoSuchFile() })
                let instance = try bench.instance(document, resolver: nothing)
                let (good, person) = (try await bench.visit().credential, bench.person())
                let broker = try Broker(providers: [instance], transport: bench.transport, store: bench.store)
                let visit = Visit(
                    person: person, credential: good, provider: instance.id, broker: broker, store: bench.store,
                    secrets: fixture.secrets)
                let error = try await visit.login().mustFail(as: [.providerDisabled], "at a disabled instance")
                try require(error.credential == .unused, "the credential is \(error.credential)")
                try require(bench.personalRequestCount == 0, "a request was sent")
            },
        ]
    }

    private static func malformedTexts(for form: CredentialForm) -> [(String, String)] {
        // Another rule covers forms without a sensible bound.
        let length = min(max(form.maximumBytes, 0), longestCredential) + 1
        return [
            ("that is empty", ""),
            ("longer than its form allows", String(repeating: "a", count: length)),
            ("with a space", "conformance conformance"),
            ("with a line break", "conformance\r\nX-Conformance: 1"),
            ("with a NUL", "conformance\u{0}"),
            ("of another script", "конформанс"),
        ]
    }
}

extension ProviderBench {
    /// Presents a credential other than the visitor's own, which must have no effect.
    fileprivate func mustRefuse(_ credential: Credential, at visit: Visit, _ name: String) async throws {
        let before = personalRequestCount
        var visit = visit
        visit.credential = credential
        let error = try await visit.login().mustFail(as: [.invalidCredential], name)
        try require(personalRequestCount == before, "\(name): a request was sent")
        try require(error.credential == .unused, "\(name): the credential is \(error.credential)")
    }
}
