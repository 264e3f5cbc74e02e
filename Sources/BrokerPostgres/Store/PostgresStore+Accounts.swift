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
        let rows = try await table(of: statements.identities(of: id))
        guard !rows.isEmpty else { return nil }
        return Account(id: id, identities: try rows.map(statements.identity(of:)))
    }
}
