import Foundation
import IdentityBroker

/// The content of a store, in the plainest form.
struct NaiveLedger: Sendable {
    struct Hold: Sendable {
        var login: UUID
        var expiry: Date
        var isSpent = false
    }

    var holds: [OneTimeKey: Hold] = [:]
    var events: [AuditEvent] = []
    var accounts: [AccountID: LinkedIdentity] = [:]
    /// The accounts in the order in which they were made.
    var order: [AccountID] = []
    var contacts: [AccountID: [VerifiedContact]] = [:]
    var versions: [AccountID: Int] = [:]
    var records: [RecordKey: NaiveRecord] = [:]
    var time: StoreTime?

    mutating func reserve(_ reservation: OneTimeReservation, at now: Date) -> Bool {
        guard holds[reservation.key] == nil else { return false }
        let expiry = time?.expiry(of: reservation, at: now) ?? reservation.expiry
        holds[reservation.key] = Hold(login: reservation.login, expiry: expiry)
        return true
    }

    mutating func believedTime(at now: Date) -> Date {
        var time = time ?? StoreTime(believed: events.map(\.began).min() ?? now)
        defer { self.time = time }
        return time.observe(now)
    }

    mutating func settle(_ reservation: OneTimeReservation, as outcome: OneTimeOutcome) {
        guard let hold = holds[reservation.key], hold.login == reservation.login, !hold.isSpent else { return }
        switch outcome {
        case .spent: holds[reservation.key]?.isSpent = true
        case .released: holds[reservation.key] = nil
        }
    }

    mutating func purge(at now: Date, atMost count: Int) -> Int {
        let expired = holds.filter { $0.value.expiry <= now }.sorted { $0.value.expiry < $1.value.expiry }
        let purged = expired.prefix(max(0, count))
        for (key, _) in purged { holds[key] = nil }
        return purged.count + purgeRecords(at: now, atMost: max(0, count - purged.count))
    }

    mutating func signIn(_ signIn: SignIn) -> AccountID {
        let known = accounts.first { $0.value.key == signIn.key }
        let id = known?.key ?? signIn.newAccount
        link(signIn, to: id, known: known?.value)
        return id
    }

    /// Creates an account, or updates its identity.
    mutating func link(_ signIn: SignIn, to id: AccountID, known: LinkedIdentity?) {
        let latest = known.flatMap { known in
            (0...86_400).contains(known.lastLogin.timeIntervalSince(signIn.time)) && known.lastLogin != signIn.time
                ? known : nil
        }
        accounts[id] = LinkedIdentity(
            key: signIn.key,
            provider: latest?.provider ?? signIn.provider,
            alternateIdentifiers: latest?.alternateIdentifiers ?? signIn.alternateIdentifiers,
            claims: latest?.claims ?? signIn.claims,
            firstLogin: min(known?.firstLogin ?? signIn.time, signIn.time),
            lastLogin: latest?.lastLogin ?? signIn.time
        )
        if !order.contains(id) { order.append(id) }
        if latest == nil, contacts[id] != signIn.contacts {
            contacts[id] = signIn.contacts
            versions[id, default: 0] += 1
        }
        put(signIn, for: id)
    }

    func account(_ id: AccountID) -> Account? {
        accounts[id].map {
            Account(id: id, version: versions[id] ?? 1, identities: [$0], contacts: contacts[id] ?? [])
        }
    }

    func accounts(with kind: VerifiedContact.Kind, _ value: String, atMost count: Int) -> [AccountID] {
        let found = order.filter { id in
            contacts[id]?.contains { $0.kind == kind && $0.value.utf8.elementsEqual(value.utf8) } == true
        }
        return Array(found.prefix(min(max(1, count), 100)))
    }
}
