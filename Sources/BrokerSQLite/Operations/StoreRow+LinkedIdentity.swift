import IdentityBroker

/// An identity in a row of ``StoreStatement/identitiesOfAccount``.
extension StoreRow {
    private enum IdentityColumn: Int {
        case issuer, subject, provider, alternateIdentifiers, claims, firstLogin, lastLogin
    }

    /// The identity as its account knows it.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func linkedIdentity() throws(StoreFailure) -> LinkedIdentity {
        guard let issuer = text(IdentityColumn.issuer).flatMap(Issuer.init),
            let subject = text(IdentityColumn.subject),
            let provider = text(IdentityColumn.provider).flatMap(ProviderID.init(_:)),
            let alternates = text(IdentityColumn.alternateIdentifiers).flatMap(AlternateIdentifierList.init(text:)),
            let claims = text(IdentityColumn.claims),
            let firstLogin = time(IdentityColumn.firstLogin),
            let lastLogin = time(IdentityColumn.lastLogin)
        else {
            throw StoreFailure(
                "The identity of an account is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
        }
        return LinkedIdentity(
            key: IdentityKey(issuer: issuer, subject: subject),
            provider: provider,
            alternateIdentifiers: alternates.identifiers,
            claims: claims,
            firstLogin: firstLogin,
            lastLogin: lastLogin
        )
    }
}
