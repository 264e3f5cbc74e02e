public import IdentityBroker

extension PostgresStore {
    /// The account of this id; see ``BrokerStore/account(_:)``.
    public func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try statements.account(id, in: try await table(of: statements.identities(of: id)))
    }

    /// The accounts with a contact; see ``BrokerStore/accounts(with:_:atMost:)``.
    public func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        let rows = try await table(of: statements.accounts(with: kind, value, atMost: AccountList.count(count)))
        return AccountList.distinct(try rows.map { row throws(StoreFailure) in try statements.account(of: row) })
    }
}
