public import IdentityBroker

extension SQLiteStore {
    /// The account of this id; see ``BrokerStore/account(_:)``.
    public func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        let reads = [StoreCommand.version(of: id), .identities(of: id), .contacts(of: id)]
        let rows = try await commits.run { database in try reads.map { try database.rows($0) } }
        guard let version = try rows[0].first?.version(), !rows[1].isEmpty else { return nil }
        let identities = try rows[1].map { row throws(StoreFailure) in try row.linkedIdentity() }
            .sorted { $0.firstLogin < $1.firstLogin }
        let contacts = try rows[2].map { row throws(StoreFailure) in try row.contact() }
        return Account(id: id, version: version, identities: identities, contacts: contacts)
    }

    /// The accounts with a contact; see ``BrokerStore/accounts(with:_:atMost:)``.
    public func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        let read = StoreCommand.accounts(with: kind, value, atMost: AccountList.count(count))
        let rows = try await commits.run { try $0.rows(read) }
        return AccountList.distinct(try rows.map { row throws(StoreFailure) in try row.account() })
    }
}
