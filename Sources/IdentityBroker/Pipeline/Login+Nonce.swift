import Crypto

extension Login {
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
