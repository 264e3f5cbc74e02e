public import IdentityBroker

extension PostgresStore {
    /// Concludes a login that leads to an account; see ``AccountStore/signIn(_:spending:recording:)``.
    ///
    /// A subject of more than 255 bytes is refused, and an identity or an event of more than 1 MiB of text; the
    /// reservation then stays unchanged.
    public func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID {
        let settlement = reservation.map { StoreOperation.Settlement(reservation: $0, outcome: .spent) }
        let (stored, storedEvent) = (try StoredSignIn(signIn), try StoredEvent(event))
        return try await pool.run { .signIn(stored, storedEvent, settlement, $0) }
    }

    /// The account of this id; see ``AccountStore/account(_:)``.
    public func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try statements.account(id, in: try await table(of: statements.identities(of: id)))
    }

    /// The accounts with a contact; see ``AccountStore/accounts(with:_:atMost:)``.
    public func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        let rows = try await table(of: statements.accounts(with: kind, value, atMost: AccountList.count(count)))
        return AccountList.distinct(try rows.map { row throws(StoreFailure) in try statements.account(of: row) })
    }
}
