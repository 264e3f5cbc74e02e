import Foundation
import IdentityBroker

// The code in "Keep records", compiled. `CompiledSnippets` compares them.

struct Invitation: RecordBody, Codable {
    static let recordKind: RecordKind = "invitation"
    var email: String
}

struct Membership: RecordBody, Codable {
    static let recordKind: RecordKind = "membership"
    var email: String
}

func invite(_ email: String, by host: AccountID, in store: some BrokerStore, at now: Date) async throws -> RecordID {
    let invitation = Record(
        Invitation(email: email), id: RecordID(UUID()), owners: [.account(host)], expiry: now + 86_400)
    _ = try await store.commit([invitation.put()], at: now)
    return invitation.id
}

func accept(_ id: RecordID, as account: AccountID, in store: some BrokerStore, at now: Date) async throws -> Bool {
    guard let invitation = try await store.record(Invitation.self, id, at: now) else { return false }
    let membership = Record(
        Membership(email: invitation.body.email), id: RecordID(account.value), owners: [.account(account)])
    switch try await store.commit([invitation.consume(), membership.put()], at: now) {
    case .done: return true
    case .refused: return false  // used, changed or expired meanwhile, or already a member
    }
}

func welcome(_ ticket: Credential, through broker: Broker) async throws -> AccountID {
    let membership = Record(Membership(email: "ada@example.com"), id: RecordID(UUID()))
    return try await broker.signIn("wxapp", with: ticket, putting: [membership.stored()]).account
}
