import Foundation
import IdentityBroker

/// A grant as a store keeps it: a record that one account owns.
struct StoredGrant: Sendable, Hashable {
    /// The grant's own id: `sid` in its tokens.
    let id: UUID
    let account: AccountID
    /// When it expires unless it is used.
    let expiry: Date
    let record: Record<Grant>

    var grant: Grant { record.body }

    /// Nil if the broker did not write the record.
    init?(_ record: Record<Grant>) {
        let accounts = record.owners.compactMap(\.account)
        guard let id = UUID(canonical: record.id.rawValue), accounts.count == 1, let expiry = record.expiry else {
            return nil
        }
        (self.id, account, self.expiry, self.record) = (id, accounts[0], expiry, record)
    }

    /// A new grant.
    ///
    /// - Parameter owners: What it belongs to besides the account.
    init(_ grant: Grant, id: UUID, account: AccountID, owners: Set<RecordOwner> = [], expiry: Date) {
        (self.id, self.account, self.expiry) = (id, account, expiry)
        record = Record(grant, id: RecordID(id), owners: owners.union([.account(account)]), expiry: expiry)
    }

    private init(_ stored: StoredGrant, record: Record<Grant>, expiry: Date) {
        (id, account, self.expiry, self.record) = (stored.id, stored.account, expiry, record)
    }

    /// The next version.
    func next(_ grant: Grant, expiry: Date? = nil) -> StoredGrant {
        var next = record.next(grant)
        next.expiry = expiry ?? self.expiry
        return StoredGrant(self, record: next, expiry: expiry ?? self.expiry)
    }
}
