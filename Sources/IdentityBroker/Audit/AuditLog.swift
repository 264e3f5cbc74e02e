/// Where audit events are written, and nothing is ever changed or taken out but by age.
public protocol AuditLog: Sendable {
    /// Writes one event, durably.
    ///
    /// - Throws: ``StoreFailure``; the login then fails.
    func append(_ event: AuditEvent) async throws(StoreFailure)

    /// The newest events, at most this many, in the order in which they were written.
    ///
    /// - Throws: ``StoreFailure``.
    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent]
}
