import BrokerTesting
import Foundation
import IdentityBroker

/// One way in which a store can be wrong: what it does instead of what a sound store does, and the rules that this
/// breaks.
struct StoreFlaw: Sendable, CustomStringConvertible {
    typealias Reserve = @Sendable (NaiveStore, OneTimeReservation, Date) async throws(StoreFailure) -> Bool
    typealias Append = @Sendable (NaiveStore, AuditEvent) async throws(StoreFailure) -> Void
    typealias Conclude =
        @Sendable (NaiveStore, OneTimeReservation, OneTimeOutcome, AuditEvent) async throws(StoreFailure) -> Void
    typealias NewestEvents = @Sendable (NaiveStore, Int) async throws(StoreFailure) -> [AuditEvent]
    typealias Purge = @Sendable (NaiveStore, Date, Int) async throws(StoreFailure) -> Int
    typealias BelievedTime = @Sendable (NaiveStore, Date) async throws(StoreFailure) -> Date
    typealias SigningIn =
        @Sendable (NaiveStore, SignIn, OneTimeReservation?, AuditEvent) async throws(StoreFailure) -> AccountID
    typealias ReadAccount = @Sendable (NaiveStore, AccountID) async throws(StoreFailure) -> Account?
    typealias FindAccounts =
        @Sendable (NaiveStore, VerifiedContact.Kind, String, Int) async throws(StoreFailure) -> [AccountID]
    typealias Commit = @Sendable (NaiveStore, [StoreOperation], Date) async throws(StoreFailure) -> CommitResult
    typealias ReadRecord = @Sendable (NaiveStore, RecordKey, Date) async throws(StoreFailure) -> StoredRecord?
    typealias ReadRecords = @Sendable (NaiveStore, RecordRequest) async throws(StoreFailure) -> RecordPage

    let description: String
    /// The names of the rules that must fail.
    let rules: [String]

    var callLimit = Duration.seconds(30)
    var open: @Sendable (NaiveStorage) async throws -> NaiveStore = { NaiveStore(storage: $0) }
    var reserve: Reserve = { store, reservation, now throws(StoreFailure) in
        try await store.reserve(reservation, at: now)
    }
    var append: Append = { store, event throws(StoreFailure) in
        try await store.append(event)
    }
    var conclude: Conclude = { store, reservation, outcome, event throws(StoreFailure) in
        try await store.conclude(reservation, as: outcome, recording: event)
    }
    var newestEvents: NewestEvents = { store, count throws(StoreFailure) in
        try await store.newestEvents(count)
    }
    var purge: Purge = { store, now, count throws(StoreFailure) in
        try await store.purge(at: now, atMost: count)
    }
    var believedTime: BelievedTime = { store, now throws(StoreFailure) in
        try await store.believedTime(at: now)
    }
    var close: @Sendable (NaiveStore) async throws(StoreFailure) -> Void = { store throws(StoreFailure) in
        try await store.close()
    }
    var signIn: SigningIn = { store, signIn, reservation, event throws(StoreFailure) in
        try await store.signIn(signIn, spending: reservation, recording: event)
    }
    var account: ReadAccount = { store, id throws(StoreFailure) in
        try await store.account(id)
    }
    var accounts: FindAccounts = { store, kind, value, count throws(StoreFailure) in
        try await store.accounts(with: kind, value, atMost: count)
    }
    var commit: Commit = { store, operations, now throws(StoreFailure) in
        try await store.commit(operations, at: now)
    }
    var record: ReadRecord = { store, key, now throws(StoreFailure) in
        try await store.record(key, at: now)
    }
    var records: ReadRecords = { store, request throws(StoreFailure) in
        try await request.page(of: store)
    }

    init(_ description: String, breaks rules: String..., alter: (inout StoreFlaw) -> Void) {
        self.description = description
        self.rules = rules
        alter(&self)
    }

    static let all = [
        reserving, settling, expiry, time, purging, auditing, racing, sharing, underFault, accounts, contacts,
        signInRecords,
        accountsUnderFault, recordKeeping, committing, mixedCommits, recordExpiry, sharingRecords, recordsUnderFault,
    ].flatMap(\.self)

    /// Lets other callers into the store at a point where a sound store would not.
    static func dawdle() async {
        for _ in 0..<100 { await Task.yield() }
    }
}
