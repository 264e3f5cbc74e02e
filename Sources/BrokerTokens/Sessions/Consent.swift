import Foundation
import IdentityBroker

/// What a person lets one client know.
///
/// Its record belongs to the account. The codes and grants of the client belong to the consent, also where none is asked
/// for and there is no record: to take it back is to delete them all.
struct Consent: RecordBody, Codable, Hashable {
    static let recordKind: RecordKind = "consent"

    /// The client that it is for.
    let client: String
    /// What the person has allowed.
    let scope: ScopeList
    /// When the person last allowed something.
    let time: Date

    /// The id of the record, and of the owner of what was issued under it.
    static func id(of account: AccountID, for client: String) -> RecordID {
        RecordID(digestOf: Array(account.description.utf8), Array(client.utf8))
    }

    /// The owner of what a client got under it.
    static func owner(_ account: AccountID, for client: String) -> RecordOwner {
        RecordOwner(kind: recordKind, id: id(of: account, for: client))
    }

    /// Whether a person who allowed this has nothing more to allow.
    func covers(_ scope: ScopeList) -> Bool { scope.isSubset(of: self.scope) }

    /// The consent with more allowed.
    func extended(by scope: ScopeList, at now: Date) -> Consent {
        let all = ScopeList(
            self.scope.scopes.union(scope.scopes), isOffline: self.scope.isOffline || scope.isOffline)
        return Consent(client: client, scope: all, time: now)
    }
}
