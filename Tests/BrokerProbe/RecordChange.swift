package import Foundation
package import IdentityBroker

/// Makes one commit with every kind of operation, and reports it.
package struct RecordChange: Codable, Sendable {
    /// How many statements SQLite may begin for it before the process is killed; nil to let it live.
    private let statements: Int?
    /// What it waits for between its first use of the store and the commit; nil to go on at once.
    private let start: StartLine?

    package init(statements: Int? = nil, start: StartLine? = nil) {
        self.statements = statements
        self.start = start
    }

    func run(on store: any BrokerStore, _ report: @escaping @Sendable (ProbeLine) -> Void) async throws {
        try await store.prepare()
        _ = try await store.newestEvents(1)
        if let start {
            report(.prepared)
            try start.wait()
        }
        FatalStatement.allow(statements)
        let commit = try await store.commit(Self.operations, at: Self.now)
        FatalStatement.allow(nil)
        guard commit == .done(consumed: [Self.consumed]) else { throw Refused() }
        report(.committed)
    }

    private struct Refused: Error {}
}

extension RecordChange {
    /// The time on the probe's clock.
    package static let now = Date(timeIntervalSince1970: 1_767_323_045)

    private static let owner = RecordOwner.session("owner")
    private static let replaced = record("replaced")
    private static let consumed = record("consumed")
    private static let new = record("new", owners: [owner])
    private static let before = [
        replaced, consumed, record("deleted"), record("owned-1", owners: [owner]), record("owned-2", owners: [owner]),
    ]

    private static var replacement: StoredRecord {
        var next = replaced
        next.version = 2
        next.body = Data("next".utf8)
        return next
    }

    /// The operations of the commit.
    package static var operations: [StoreOperation] {
        [
            .put(replacement), .put(new), .consume(consumed.key), .delete(before[2].key), .deleteAll(ownedBy: owner),
            .append(
                AuditEvent(
                    login: UUID(), began: now, duration: .zero, provider: "probe", providerType: nil,
                    credentialKind: "ticket", issuer: nil, subject: nil, failure: nil, credential: "unused",
                    upstreamCode: nil, notices: [])),
        ]
    }

    /// Puts the records that the commit changes.
    package static func prepare(_ store: any BrokerStore) async throws {
        guard try await store.commit(before.map { .put($0) }, at: now) == .done(consumed: []) else { throw Refused() }
    }

    /// Whether the commit is done in a store; nil if it is half done.
    package static func isDone(in store: any BrokerStore) async throws -> Bool? {
        let all = try await store.records(.all(replaced.key.kind), after: nil, atMost: 100, at: now).records
        let owned = try await store.records(.owned(by: owner), after: nil, atMost: 100, at: now).records
        let events = try await store.newestEvents(10).count
        if Set(all) == Set(before), Set(owned) == Set(before.suffix(2)), events == 0 { return false }
        if Set(all) == [replacement, new], owned == [new], events == 1 { return true }
        return nil
    }

    private static func record(_ id: RecordID, owners: Set<RecordOwner> = [.session("other")]) -> StoredRecord {
        StoredRecord(key: RecordKey(kind: "change", id: id), owners: owners, body: Data(id.rawValue.utf8))
    }
}
