import IdentityBroker

/// A grant in a row of ``StoreStatement/grant``.
extension StoreRow {
    private enum GrantColumn: Int {
        case id, account, client, provider, opened, expiry, isRevoked, version, details
    }

    /// The current grant.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func grant() throws(StoreFailure) -> Grant {
        guard let id = uuid(GrantColumn.id),
            let account = uuid(GrantColumn.account),
            let client = text(GrantColumn.client),
            let provider = text(GrantColumn.provider).flatMap(ProviderID.init(_:)),
            let opened = time(GrantColumn.opened),
            let expiry = time(GrantColumn.expiry),
            let isRevoked = integer(GrantColumn.isRevoked),
            let version = integer(GrantColumn.version),
            let details = text(GrantColumn.details)
        else {
            throw StoreFailure("A grant is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
        }
        return Grant(
            id: id,
            account: AccountID(account),
            client: client,
            provider: provider,
            opened: opened,
            expiry: expiry,
            isRevoked: isRevoked != 0,
            version: Int(version),
            details: details
        )
    }
}
