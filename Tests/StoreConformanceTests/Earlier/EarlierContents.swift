import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON

@testable import BrokerTokens

/// What the store of an earlier version contains, and the secrets to it. All of it is test data.
struct EarlierContents: Codable, Sendable {
    struct Person: Codable, Sendable {
        let subject: String
        let account: String
        let claims: String
        let firstLogin: Date
        let lastLogin: Date
    }

    struct GrantCopy: Codable, Sendable, Equatable {
        let id: UUID
        let account: String
        let client: String
        let provider: String
        let opened: Date
        let expiry: Date
        let isRevoked: Bool
        let version: Int
        let details: String

        init(_ stored: StoredGrant) {
            let grant = stored.grant
            id = stored.id
            account = stored.account.description
            client = grant.client
            provider = grant.provider.rawValue
            opened = grant.opened
            expiry = stored.expiry
            isRevoked = grant.isRevoked
            version = stored.record.version
            details = Self.details(of: grant)
        }

        /// The body without what had columns of its own until schema 5.
        private static func details(of grant: Grant) -> String {
            guard var members = (try? JSONReader().read(grant.recordBody()))?.object else { return "" }
            for name in ["client", "isRevoked", "opened", "provider"] { members[name] = nil }
            return members.json
        }
    }

    var people: [Person] = []
    var grants: [GrantCopy] = []
    /// Tokens that were valid, signed with the replaced key and with the present one.
    var accessTokens: [String] = []
    /// Refresh tokens of grants in force, each never used.
    var refreshTokens: [String] = []
    /// Refresh tokens that are no longer accepted: of a revoked grant, of an expired one, and one that was used.
    var endedRefreshTokens: [String] = []
    var keyIDs: [String] = []
    var keyRingVersion = 0
    var events: [AuditEvent] = []
    var spentTickets: [String] = []
    /// A nonce that nobody has presented, and one that was.
    var nonce = ""
    var spentNonce = ""
}

extension EarlierContents {
    static let heldKey = OneTimeKey(digest: Array(repeating: 1, count: 32))
    static let releasedKey = OneTimeKey(digest: Array(repeating: 2, count: 32))
    static let owner = RecordOwner(kind: "account", id: RecordID(heldLogin))
    static let heldLogin = UUID(uuidString: "01000000-0000-4000-8000-000000000001") ?? UUID()

    /// A record of an owner that expires, one that stays, and one in its second version without owners.
    static let records = [
        note(1, expiry: Date(timeIntervalSince1970: 4_000_000_000), owners: [owner]),
        note(2, owners: [owner]),
        note(3, version: 2),
    ]

    private static func note(
        _ number: UInt8,
        version: Int = 1,
        expiry: Date? = nil,
        owners: Set<RecordOwner> = []
    ) -> StoredRecord {
        StoredRecord(
            key: RecordKey(kind: "note", id: RecordID(digestOf: [number])), version: version, expiry: expiry,
            owners: owners, body: Data((0...255).map(UInt8.init)))
    }
}

extension EarlierBroker {
    /// Writes an empty store, and says what it contains then.
    func fill() async throws -> EarlierContents {
        var contents = EarlierContents()
        _ = try await store.believedTime(at: clock.now())
        try await keys.prepare()
        let service = try service()

        let first = try await signIn("ada-1", through: service)
        wait()
        let used = try await signIn("ada-2", through: service)
        wait()
        let replaced = try await refresh(found(used.refreshToken), through: service)
        wait()
        let revoked = try await signIn("bob-1", through: service)
        try await service.revoke(found(revoked.refreshToken), for: client(of: service))
        wait()
        let expired = try await signIn("cy-1", through: self.service(refreshLifetime: .seconds(1)))
        _ = try? await signIn("stranger-1", through: service)

        wait()
        try await keys.rotate(immediately: true)
        wait()
        let last = try await signIn("dee-1", through: service)
        let nonces = [try await issueNonce(by: service), try await issueNonce(by: service)]
        let native = try await signIn("ada", presenting: nonces[1], through: service)

        try await reserve(EarlierContents.heldKey)
        let released = try await reserve(EarlierContents.releasedKey)
        let event = try await found(store.newestEvents(1).first)
        try await store.conclude(released, as: .released, recording: event)
        try await keepRecords()

        contents.accessTokens = [first, used, replaced, last, native].map { $0.accessToken.reveal() }
        contents.refreshTokens = try [first, replaced, last].map { try found($0.refreshToken).reveal() }
        contents.endedRefreshTokens = try [revoked, expired, used].map { try found($0.refreshToken).reveal() }
        contents.spentTickets = ["ada-1", "ada-2", "bob-1", "cy-1", "dee-1"]
        (contents.nonce, contents.spentNonce) = (nonces[0].reveal(), nonces[1].reveal())
        try await note(tokens: [first, used, revoked, expired, last, native], in: &contents)
        return contents
    }

    private func note(tokens: [IssuedTokens], in contents: inout EarlierContents) async throws {
        for tokens in tokens {
            guard let id = try await verify(tokens.accessToken).grant else { continue }
            contents.grants.append(EarlierContents.GrantCopy(try await found(grant(id))))
        }
        var accounts: [AccountID] = []
        for tokens in tokens where !accounts.contains(tokens.account) { accounts.append(tokens.account) }
        for account in accounts {
            let identity = try await found(store.account(account)?.identities.first)
            contents.people.append(
                EarlierContents.Person(
                    subject: identity.key.subject, account: account.description, claims: identity.claims,
                    firstLogin: identity.firstLogin, lastLogin: identity.lastLogin))
        }
        contents.keyIDs = keys.statuses.map(\.id)
        contents.keyRingVersion = keys.snapshot?.version ?? 0
        contents.events = try await store.newestEvents(1_000)
    }

    private func issueNonce(by service: TokenService) async throws -> Secret {
        try await service.issueNonce(for: Self.provider, to: client("app", of: service)).nonce
    }

    @discardableResult
    private func reserve(_ key: OneTimeKey) async throws -> OneTimeReservation {
        let reservation = OneTimeReservation(
            key: key, login: EarlierContents.heldLogin, expiry: Date(timeIntervalSince1970: 4_000_000_000))
        guard try await store.reserve(reservation, at: clock.now()) else { throw Missing() }
        return reservation
    }

    private func keepRecords() async throws {
        var firsts = EarlierContents.records
        firsts[2].version = 1
        for operations in [firsts.map { StoreOperation.put($0) }, [.put(EarlierContents.records[2])]] {
            guard case .done = try await store.commit(operations, at: clock.now()) else { throw Missing() }
        }
    }

    private func found<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }

    private struct Missing: Error {}
}
