import IdentityBroker

/// A finished login.
struct Attempt: Sendable {
    let visit: Visit
    let outcome: Result<Identity, BrokerError>
    /// The login's entry in the audit log; with concurrent logins it may be another's.
    let event: AuditEvent?
    let watch: LoginWatch

    var person: ProviderConformance.Person { visit.person }

    /// The identity.
    ///
    /// - Throws: ``Observation`` if the login failed.
    func identity(_ circumstances: @autoclosure () -> String = "with a good credential") throws(Observation) -> Identity
    {
        switch outcome {
        case .success(let identity): return identity
        case .failure(let error): throw Observation("\(circumstances()): the login failed as \(describe(error))")
        }
    }

    /// The error.
    ///
    /// - Throws: ``Observation`` if the login succeeded.
    func error(_ circumstances: @autoclosure () -> String) throws(Observation) -> BrokerError {
        switch outcome {
        case .success: throw Observation("\(circumstances()): the login succeeded")
        case .failure(let error): return error
        }
    }

    /// Continues if the login failed with one of these kinds.
    @discardableResult
    func mustFail(
        as kinds: Set<BrokerError.Kind>,
        _ circumstances: @autoclosure () -> String
    ) throws(Observation) -> BrokerError {
        let error = try error(circumstances())
        try require(
            kinds.contains(error.kind),
            """
            \(circumstances()): the login failed as \(describe(error)) instead of \
            \(kinds.map(\.rawValue).sorted().joined(separator: " or "))
            """
        )
        return error
    }

    /// The kind and, unless it reveals something, the message.
    private func describe(_ error: BrokerError) -> String {
        let message = Haystack(error.message)
        let secrets = visit.secrets.map { Canary($0, $1) }
        let isClean = !(canaries + secrets).contains { $0.isFound(in: message) }
        return "\(error.kind.rawValue) (\(isClean ? error.message : "its message is withheld: it contains a secret"))"
    }
}

extension Attempt {
    /// The credential as the provider saw it, or as it was presented if the provider never saw it.
    var credential: Credential { watch.credential ?? visit.credential }

    /// The texts that must appear nowhere once the login is over, apart from the secrets of the settings.
    var canaries: [Canary] {
        credentialCanaries + [Canary("the phone number", person.phoneNumber)]
    }

    /// The credential, what it was obtained with and what the upstream issued for it.
    var credentialCanaries: [Canary] {
        var texts = [("the credential", credential.value.reveal())]
        if let flow = credential.flow {
            texts += [("the state", flow.state), ("the nonce", flow.nonce), ("the code verifier", flow.codeVerifier)]
                .map { ($0, $1.reveal()) }
        }
        texts.append(("the person's tag, of which credential and tokens are made", person.tag))
        // A callback that was not read contains no credential yet.
        return texts.filter { !$1.isEmpty }.map { Canary($0, $1) }
    }
}
