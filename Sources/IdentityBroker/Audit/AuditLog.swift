/// An append-only log of audit events: nothing is changed, and only age removes an event.
public protocol AuditLog: Sendable {
    /// Writes one event, durably.
    ///
    /// - Throws: ``StoreFailure``; the login then fails.
    func append(_ event: AuditEvent) async throws(StoreFailure)

    /// The newest events, at most this many, in the order written.
    ///
    /// - Throws: ``StoreFailure``.
    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent]
}
