public import IdentityBroker

extension SQLiteStore {
    /// Concludes a login that leads to an account; see ``AccountStore/signIn(_:spending:recording:)``.
    ///
    /// A subject of more than 255 bytes is refused, and an identity or an event of more than 1 MiB of text; the
    /// reservation then stays unchanged.
    public func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID {
        let commands = try SignInCommands(signIn, spending: reservation, recording: event)
        return try await commits.run { try commands.run(in: $0) }.get()
    }

    /// The account of this id; see ``AccountStore/account(_:)``.
    public func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        let read = StoreCommand.identities(of: id)
        let rows = try await commits.run { try $0.rows(read) }
        guard !rows.isEmpty else { return nil }
        let identities = try rows.map { row throws(StoreFailure) in try row.linkedIdentity() }
        return Account(id: id, identities: identities.sorted { $0.firstLogin < $1.firstLogin })
    }
}
