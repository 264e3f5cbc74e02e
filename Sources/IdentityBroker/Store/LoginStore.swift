/// The store that logins are concluded in: what became of the credential and the audit event land together or not at all.
public protocol LoginStore: OneTimeStore, AuditLog {
    /// Writes the event, and settles the reservation, in one transaction.
    ///
    /// A reservation that another login holds by now, or nobody, is left alone.
    ///
    /// - Throws: ``StoreFailure``; the login then fails, whatever came of it.
    func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure)
}
