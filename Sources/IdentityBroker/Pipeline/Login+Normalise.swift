extension Login {
    /// Step 7: claims are cleaned and what was dropped is noted.
    func normalise(
        _ upstream: UpstreamIdentity,
        of key: IdentityKey,
        with redactor: Redactor
    ) -> Identity {
        var normaliser = ClaimsNormaliser(redactor: redactor)
        let claims = normaliser.normalise(upstream.claims)
        var notices: [Notice] = []
        for notice in upstream.notices + normaliser.notices where !notices.contains(notice) {
            // A notice ends up in the audit log, and its word is the provider's own.
            if redactor.redact(notice.rawValue) == notice.rawValue { notices.append(notice) }
        }
        return Identity(
            key: key,
            provider: providerID,
            authenticatedAt: began,
            claims: claims,
            alternateIdentifiers: upstream.alternateIdentifiers,
            attributes: redactor.redactSecrets(upstream.attributes),
            notices: notices,
            upstreamToken: upstream.token,
            deferredRecord: upstream.deferredRecord?.redacted(by: redactor)
        )
    }
}
