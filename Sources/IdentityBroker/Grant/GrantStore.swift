public import Foundation

/// Keeps grants for all processes that share it. ``AccountStore/signIn(_:spending:recording:)`` opens them, and
/// ``LoginStore/purge(at:atMost:)`` removes expired ones.
public protocol GrantStore: Sendable {
    /// The current grant of this id; nil if there is none.
    ///
    /// A change whose success was reported to any process is visible here.
    ///
    /// - Throws: ``StoreFailure``; nothing may then be issued under the grant.
    func grant(_ id: UUID) async throws(StoreFailure) -> Grant?

    /// Replaces a grant's previous version, and writes the event, in one transaction: both or neither.
    ///
    /// Of any number of callers that race with one version, in any number of processes, exactly one gets `true`. Only
    /// expiry, revocation, version and details are written.
    ///
    /// - Returns: Whether the stored version was the one before this grant's.
    /// - Throws: ``StoreFailure``.
    func replace(_ grant: Grant, recording event: AuditEvent) async throws(StoreFailure) -> Bool
}
