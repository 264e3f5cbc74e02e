import StrictJSON

extension Login {
    /// Step 7: the claims are cleaned, and what was dropped is noted.
    ///
    /// Never inlined: its temporaries would enlarge the frame of each login's task.
    @inline(never)
    func normalize(
        _ authentication: Authentication,
        of key: IdentityKey,
        with attributes: JSONObject,
        and redactor: Redactor
    ) -> Identity {
        var normalizer = ClaimsNormalizer(redactor: redactor)
        let claims = normalizer.normalize(authentication.upstream.claims)
        var notices: [Notice] = []
        for notice in authentication.upstream.notices + normalizer.notices where !notices.contains(notice) {
            // Notices end up in the audit log, and their text is the provider's.
            if redactor.redact(notice.rawValue) == notice.rawValue { notices.append(notice) }
        }
        return Identity(
            IdentityContents(
                key: key,
                provider: providerID,
                authenticatedAt: began,
                claims: claims,
                alternateIdentifiers: authentication.upstream.alternateIdentifiers,
                attributes: redactor.redactSecrets(attributes),
                notices: notices,
                upstreamToken: authentication.upstream.token,
                deferredRecord: authentication.upstream.deferredRecord?.redacted(by: redactor)
            )
        )
    }

    /// After step 7: what the account stores about the identity, if the login leads to an account.
    mutating func prepareSignIn(of identity: Identity) {
        guard case .account(_, let records) = purpose else { return }
        signIn = SignIn(
            key: identity.key,
            provider: providerID,
            alternateIdentifiers: identity.alternateIdentifiers,
            claims: identity.claims.members.json,
            contacts: VerifiedContact.contacts(of: identity.key, in: identity.claims),
            time: began,
            newAccount: AccountID(broker.identifiers.next()),
            records: records
        )
    }
}
