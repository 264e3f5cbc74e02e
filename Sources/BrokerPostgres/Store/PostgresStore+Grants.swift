public import IdentityBroker

public import Foundation

extension PostgresStore {
    /// The grant of this id; see ``GrantStore/grant(_:)``.
    public func grant(_ id: UUID) async throws(StoreFailure) -> Grant? {
        guard let row = try await table(of: statements.grant(id)).first else { return nil }
        return try statements.grant(id, of: row)
    }

    /// Replaces a grant with its next version; see ``GrantStore/replace(_:recording:)``.
    ///
    /// A grant or an event of more than 1 MiB of text is refused.
    public func replace(_ grant: Grant, recording event: AuditEvent) async throws(StoreFailure) -> Bool {
        try StorableSize.check(grant)
        return try await changedRows(by: statements.replace(grant, recording: StoredEvent(event))) == 1
    }
}
