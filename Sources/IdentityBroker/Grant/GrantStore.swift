#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Keeps grants, for all processes that share it. They are opened by ``AccountStore/signIn(_:spending:recording:)``, and
/// forgotten by ``LoginStore/purge(at:atMost:)`` once they have expired.
public protocol GrantStore: Sendable {
    /// The grant of this id as it stands; nil where there is none.
    ///
    /// What another process was told that it has changed is seen here.
    ///
    /// - Throws: ``StoreFailure``; nothing may then be issued on the grant.
    func grant(_ id: UUID) async throws(StoreFailure) -> Grant?

    /// Puts a grant in the place of the version before it, and writes the event, in one transaction: both or neither.
    ///
    /// Of any number of racing callers with one version, in any number of processes, exactly one gets `true`. Expiry,
    /// revocation, version and details may have changed, and nothing else is written.
    ///
    /// - Returns: Whether the stored version was the one before this grant's.
    /// - Throws: ``StoreFailure``.
    func replace(_ grant: Grant, recording event: AuditEvent) async throws(StoreFailure) -> Bool
}
