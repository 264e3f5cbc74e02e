/// Keeps accounts, one per identity, for all processes that share the store.
///
/// As with ``OneTimeStore``, a call is never cancelled halfway, and ends within the store's own time limit.
public protocol AccountStore: Sendable {
    /// Concludes a login that leads to an account, in one transaction: spends the credential, writes the event, finds
    /// or creates the account, updates its identity, and opens the grant.
    ///
    /// If an identity has several first logins at once, in any number of processes, one creates the account and all get
    /// it. ``LinkedIdentity/firstLogin`` is the earliest time given, ``LinkedIdentity/lastLogin`` the latest, and
    /// everything else is as of the latest, in whatever order the calls arrive. One exception: a login more than a day
    /// before the last one counts as the latest, because the clock had been ahead.
    ///
    /// - Parameter reservation: The reservation to settle as spent, as ``LoginStore/conclude(_:as:recording:)`` does;
    ///   nil for a credential that is not one-time.
    /// - Returns: The identity's account.
    /// - Throws: ``StoreFailure``; the login then fails.
    func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID

    /// The account of this id; nil if there is none.
    ///
    /// - Throws: ``StoreFailure``.
    func account(_ id: AccountID) async throws(StoreFailure) -> Account?
}
