import StrictJSON

extension Login {
    /// After step 7: what the account stores about the identity, if the login leads to an account.
    mutating func prepareSignIn(of identity: Identity) {
        guard case .account(_, _, let grant) = purpose else { return }
        signIn = SignIn(
            key: identity.key,
            provider: providerID,
            alternateIdentifiers: identity.alternateIdentifiers,
            claims: identity.claims.members.json,
            time: began,
            newAccount: AccountID(broker.identifiers.next()),
            grant: grant
        )
    }
}
