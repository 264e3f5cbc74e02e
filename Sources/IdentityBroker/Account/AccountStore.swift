/// Keeps accounts: one for each identity, for all processes that share the store.
///
/// As with ``OneTimeStore``, its calls are not cancelled half-way and end within a bound of the store's own.
public protocol AccountStore: Sendable {
    /// Concludes a login that leads to an account, in one transaction: the credential is spent, the event written, the
    /// account found or made and its identity brought up to date, and the grant opened.
    ///
    /// Of any number of first logins of one identity at once, in any number of processes, one makes the account, and all
    /// get it. ``LinkedIdentity/firstLogin`` is the earliest time that was given, ``LinkedIdentity/lastLogin`` the latest,
    /// and the rest is as of the latest, whatever the order of the calls. There is one exception: a login more than a day
    /// behind the last one counts as the latest, because the clock was ahead before.
    ///
    /// - Parameter reservation: What to settle as spent, as ``LoginStore/conclude(_:as:recording:)`` does; nil for a
    ///   credential that is not one-time.
    /// - Returns: The identity's account.
    /// - Throws: ``StoreFailure``; the login then fails.
    func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID

    /// The account of this id; nil where there is none.
    ///
    /// - Throws: ``StoreFailure``.
    func account(_ id: AccountID) async throws(StoreFailure) -> Account?
}
