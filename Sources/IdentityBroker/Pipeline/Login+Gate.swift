import Crypto
import Foundation

extension Login {
    /// Step 6: the upstream's answer belongs to this login, lets this person in, says who it is, and does not
    /// contradict itself.
    func gate(
        _ authentication: Authentication,
        from provider: ResolvedProvider,
        with redactor: Redactor
    ) throws(BrokerError) -> IdentityKey {
        // First, so that someone else who presents the credential does not learn the person's standing.
        try checkNonce(of: authentication.upstream, from: provider)
        try checkExpiry(authentication.upstream.credentialExpiry)
        try checkStanding(authentication.upstream.standing)
        try checkAgreement(authentication.upstream.subject)
        for agreement in authentication.upstream.agreements { try checkAgreement(agreement) }
        guard let subject = authentication.upstream.subject.agreedValue else {
            throw BrokerError(.upstreamMisbehaved, "The upstream's record does not say whom it is about.")
        }
        guard Self.isSubject(subject) else {
            throw BrokerError(
                .upstreamMisbehaved,
                "The upstream's id of the person is refused: it is not 1 to 255 characters of visible ASCII.")
        }
        try checkSecrecy(of: subject, by: redactor)
        for identifier in authentication.upstream.alternateIdentifiers {
            try checkSecrecy(of: identifier.value, by: redactor)
        }
        return IdentityKey(issuer: authentication.upstream.issuer ?? provider.provider.issuer, subject: subject)
    }

    /// How much later than the retention a credential may expire, for the upstream's clock. The reservation lasts longer
    /// by ``StoreTime/tolerance``, which is more.
    private static let clockTolerance: TimeInterval = 300

    /// A credential that outlives its reservation could be redeemed again.
    private func checkExpiry(_ expiry: Date?) throws(BrokerError) {
        guard let expiry else { return }
        let end = began.addingTimeInterval(broker.retention / .seconds(1) + Self.clockTolerance)
        guard expiry <= end else {
            throw BrokerError(
                .misconfigured,
                """
                The credential is valid for longer than the broker remembers it. Raise stores.retention, which is at most \
                720h, or shorten the credential's lifetime at the upstream.
                """)
        }
    }

    private func checkStanding(_ standing: AccountStanding) throws(BrokerError) {
        switch standing {
        case .active:
            return
        case .blocked:
            throw BrokerError(.accessDenied, "The upstream has blocked this user.")
        case .deleted:
            throw BrokerError(.accessDenied, "The upstream has deleted this user.")
        case .suspended:
            throw BrokerError(.accessDenied, "The upstream has suspended this user.")
        case .unrecognized:
            throw BrokerError(
                .accessDenied, "The upstream's record has a status that is not understood, so it is refused.")
        }
    }

    private func checkAgreement(_ agreement: Agreement) throws(BrokerError) {
        guard let dissent = agreement.firstDissent else { return }
        throw BrokerError(
            .upstreamMisbehaved,
            """
            The upstream contradicts itself on the \(agreement.fact): \
            \(agreement.statements[0].place) and \(dissent.place) differ.
            """
        )
    }

    /// Each secret is searched for in every text of the identity.
    private static var mostFurtherSecrets: Int { 16 }

    /// What must not be in the identity: the instance's secrets, the credential, and what it was redeemed for.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if the upstream issued more secrets than any does.
    func redactor(
        of authentication: Authentication,
        from provider: ResolvedProvider
    ) throws(BrokerError) -> Redactor {
        guard authentication.upstream.furtherSecrets.count <= Self.mostFurtherSecrets else {
            throw BrokerError(
                .upstreamMisbehaved, "The upstream's answer has more than \(Self.mostFurtherSecrets) secrets.")
        }
        var secrets = credential.secrets + authentication.upstream.furtherSecrets
        if let token = authentication.upstream.token { secrets.append(token) }
        return provider.instance.ledger.redactor(with: secrets)
    }

    /// An id is public and permanent. Redacting it would make it another id, so one that contains a secret is refused.
    private func checkSecrecy(of id: String, by redactor: Redactor) throws(BrokerError) {
        guard !redactor.finds(in: id) else {
            throw BrokerError(
                .upstreamMisbehaved, "The upstream's record repeats a secret or the credential as an id of the user.")
        }
    }

    /// OpenID Connect Core §2 limits a subject to 255 ASCII characters. In ASCII, texts are equal exactly if their
    /// bytes are.
    private static func isSubject(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Part of step 6: the ID token that the identity came with was issued for this login.
    func checkNonce(of upstream: UpstreamIdentity, from provider: ResolvedProvider) throws(BrokerError) {
        let expected = credential.flow?.nonce ?? credential.nonce
        let rule = provider.nonceRule
        guard let nonce = upstream.nonce, !nonce.isEmpty else {
            // A ticket, or a code without a flow, may involve no ID token.
            let isDue = credential.flow != nil || credential.kind == .idToken || expected != nil
            guard isDue, rule == .required || rule == .hashed else { return }
            throw BrokerError(
                .invalidCredential, "The upstream's ID token has no nonce, so it may be from another login.")
        }
        let isHashed = rule == .hashed && credential.flow == nil
        guard let expected, Secret(nonce) == (isHashed ? Self.digest(of: expected) : expected) else {
            throw BrokerError(
                .invalidCredential,
                expected == nil
                    ? "The ID token has a nonce. Present the one that it was asked for with."
                    : "The nonce in the upstream's ID token is not this login's."
            )
        }
    }

    private static func digest(of nonce: Secret) -> Secret {
        Secret(SHA256.hash(data: nonce.revealBytes()).hexadecimal)
    }
}

extension ResolvedProvider {
    /// The instance's rule, or its type's if it has none.
    var nonceRule: NonceRule { provider.nonceRule ?? instance.manifest.nonce }
}
