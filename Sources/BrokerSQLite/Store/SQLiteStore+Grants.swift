public import IdentityBroker

public import Foundation

extension SQLiteStore {
    /// The grant of this id; see ``GrantStore/grant(_:)``.
    public func grant(_ id: UUID) async throws(StoreFailure) -> Grant? {
        let read = StoreCommand.grant(id)
        guard let row = try await commits.run({ try $0.rows(read).first }) else { return nil }
        return try row.grant()
    }

    /// Replaces a grant with its next version; see ``GrantStore/replace(_:recording:)``.
    ///
    /// A grant or an event of more than 1 MiB of text is refused.
    public func replace(_ grant: Grant, recording event: AuditEvent) async throws(StoreFailure) -> Bool {
        try StorableSize.check(grant)
        let (replace, append) = (StoreCommand.replace(grant), try StoreCommand.append(event))
        return try await commits.run { database in
            guard try database.run(replace) == 1 else { return false }
            try database.run(append)
            return true
        }
    }
}
