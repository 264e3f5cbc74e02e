import BrokerPostgres
import BrokerSQLite
import BrokerTesting
import Foundation
import IdentityBroker
import PostgresTesting
import Testing

/// `Scripts/soak records COUNT` runs it; it takes minutes, and prints how long everything takes.
@Suite("A store of very many records", .serialized, .enabled(if: ManyRecords.count > 0))
struct ManyRecordsTests {
    @Test("in SQLite is read by keys, and purged in steps beside logins")
    func sqlite() async throws {
        let fixture = SQLiteStoreFixture()
        let storage = try fixture.makeStorage()
        try await check(try fixture.open(storage), named: "SQLite")
        try await fixture.remove(storage)
    }

    @Test("in PostgreSQL is read by keys, and purged in steps beside logins")
    func postgres() async throws {
        let fixture = PostgresStoreFixture()
        let storage = try await fixture.makeStorage()
        try await check(try PostgresStore(url: Secret(storage.url)), named: "PostgreSQL")
        try await fixture.remove(storage)
    }

    private func check(_ store: any BrokerStore, named name: String) async throws {
        let many = ManyRecords(store: store)
        _ = try await store.believedTime(at: ManyRecords.now)
        let before = try await many.timesOfLogins(0..<200)
        let filling = try await ContinuousClock().measure { try await many.fill() }
        let after = try await many.timesOfLogins(200..<400)
        let reads = try await many.timesOfReads()
        let later = ManyRecords.now + ManyRecords.lifetime
        #expect(try await store.believedTime(at: later) == later)
        let (steps, during) = try await many.purge(at: later)
        let deletion = try await many.timeOfDeletion(at: later)
        print(
            """
            \(name): \(ManyRecords.count) records, filled in \(filling)
              a login before: \(before)
              a login after: \(after)
              a read of a record: \(reads.record)
              a page by owner: \(reads.owned)
              a page by kind: \(reads.kind)
              a step of the purge: \(steps)
              a login during the purge: \(during)
              \(ManyRecords.mostOfOwner) records deleted by their owner: \(deletion)
            """)
        // A call fails after five seconds. With every row looked at, or purged at once, each of these takes longer.
        for times in [after, during, reads.record, reads.owned, reads.kind, steps] {
            #expect(times.longest < .seconds(5), "\(times)")
        }
        try await store.close()
    }
}

/// Records of five kinds: every second one expires, each belongs to a session of twenty and an account of hundreds, and one
/// more owner has as many as one commit deletes.
struct ManyRecords: Sendable {
    /// How many there are to be; zero if they are not to be made.
    static let count = ProcessInfo.processInfo.environment["BROKER_TEST_RECORDS"].flatMap { Int($0) } ?? 0
    static let now = Date(timeIntervalSince1970: 1_767_323_045)
    /// When the last ones expire: less than a store's time follows a clock at once.
    static let lifetime: TimeInterval = 3_000
    /// How many the owner has that has most.
    static let mostOfOwner = min(count / 10, StoreOperation.mostOwned)
    /// How many rows of a store one transaction of a purge removes at most.
    private static let step = 500

    let store: any BrokerStore

    /// Puts the records, a hundred in each commit.
    func fill() async throws {
        try await concurrently(Self.count / 100) { batch in
            let puts = (batch * 100..<batch * 100 + 100).map { StoreOperation.put(Self.record($0)) }
            let result = try await store.commit(puts, at: Self.now)
            #expect(result == .done())
        }
    }

    /// How long each of these logins takes: it reserves its credential, and ends with a sign-in, a record and an event.
    func timesOfLogins(_ numbers: Range<Int>) async throws -> Times {
        let times = Locked<[Duration]>([])
        try await concurrently(numbers.count) { index in
            let time = try await timeOfLogin(numbers.lowerBound + index)
            times.withLock { $0.append(time) }
        }
        return Times(times.withLock { $0 })
    }

    func timesOfReads() async throws -> (record: Times, owned: Times, kind: Times) {
        var (record, owned, kind): ([Duration], [Duration], [Duration]) = ([], [], [])
        for index in 0..<200 {
            let number = index * 7_919 % Self.count
            let sample = Self.record(number)
            record.append(
                try await ContinuousClock().measure {
                    let read = try await store.record(sample.key, at: Self.now)
                    #expect(read?.version == 1)
                })
            owned.append(
                try await ContinuousClock().measure {
                    let page = try await store.records(
                        .owned(by: Self.session(number)), after: nil, atMost: 100, at: Self.now)
                    #expect(page.records.contains { $0.key == sample.key })
                })
            kind.append(
                try await ContinuousClock().measure {
                    let page = try await store.records(
                        .all(sample.key.kind), after: sample.key, atMost: 100, at: Self.now)
                    #expect(page.records.allSatisfy { $0.key > sample.key })
                })
        }
        return (Times(record), Times(owned), Times(kind))
    }

    /// Removes what has expired, one transaction at a time, while logins go on.
    func purge(at later: Date) async throws -> (steps: Times, logins: Times) {
        let (isOver, logins) = (Locked(false), Locked<[Duration]>([]))
        let steps = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for caller in 0..<4 {
                group.addTask {
                    var number = 1_000 + caller * 1_000_000
                    while !isOver.withLock({ $0 }) {
                        let time = try await timeOfLogin(number)
                        logins.withLock { $0.append(time) }
                        number += 1
                    }
                    return []
                }
            }
            group.addTask {
                defer { isOver.withLock { $0 = true } }
                var (steps, gone): ([Duration], Int) = ([], 0)
                while true {
                    var count = 0
                    steps.append(
                        try await ContinuousClock().measure {
                            count = try await store.purge(at: later, atMost: Self.step)
                        })
                    gone += count
                    #expect(count <= Self.step)
                    if count < Self.step { break }
                }
                #expect(gone == Self.count / 2, "\(gone) of \(Self.count) records were purged")
                return steps
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return (Times(steps), Times(logins.withLock { $0 }))
    }

    /// How long it takes to delete all records of the owner that has most.
    func timeOfDeletion(at now: Date) async throws -> Duration {
        let owner = RecordOwner.session("most")
        let time = try await ContinuousClock().measure {
            let result = try await store.commit([.deleteAll(ownedBy: owner)], at: now)
            #expect(result == .done())
        }
        let page = try await store.records(.owned(by: owner), after: nil, atMost: 1, at: now)
        #expect(page.records.isEmpty)
        return time
    }

    private func timeOfLogin(_ number: Int) async throws -> Duration {
        let reservation = OneTimeReservation(
            key: OneTimeKey(digest: (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 4 * 8)) }), login: UUID(),
            expiry: Self.now + 86_400)
        let issuer = try #require(Issuer("https://issuer.example"))
        let signIn = SignIn(
            key: IdentityKey(issuer: issuer, subject: "person-\(number)"), provider: "many", alternateIdentifiers: [],
            claims: "{}", time: Self.now, newAccount: AccountID(UUID()),
            records: [StoredRecord(key: RecordKey(kind: "login", id: RecordID(UUID())), body: Data(count: 200))])
        let event = AuditEvent(
            login: reservation.login, began: Self.now, duration: .zero, provider: "many", providerType: nil,
            credentialKind: "ticket", issuer: nil, subject: nil, failure: nil, credential: "spent", upstreamCode: nil,
            notices: [])
        return try await ContinuousClock().measure {
            let reserved = try await store.commit([.reserve(reservation)], at: Self.now)
            #expect(reserved == .done())
            let end: [StoreOperation] = [.settle(reservation, as: .spent), .signIn(signIn), .append(event)]
            guard case .done(_, _?) = try await store.commit(end, at: Self.now) else {
                Issue.record("a login did not end")
                return
            }
        }
    }

    private static func record(_ number: Int) -> StoredRecord {
        let kinds: [RecordKind] = ["code", "consent", "device_code", "session", "token"]
        // Every second one expires, at a time of its own.
        let expiry = number.isMultiple(of: 2) ? now + 1 + Double(number % 2_900) : nil
        var owners: Set<RecordOwner> = [session(number), .account(account(number))]
        // Of those that stay.
        if number % 2 == 1, number / 2 < mostOfOwner { owners.insert(.session("most")) }
        return StoredRecord(
            key: RecordKey(kind: kinds[number % 5], id: RecordID(digestOf: Array("\(number)".utf8))), expiry: expiry,
            owners: owners, body: Data(repeating: UInt8(truncatingIfNeeded: number), count: 50 + number % 400))
    }

    private static func session(_ number: Int) -> RecordOwner {
        .session(RecordID(digestOf: Array("session \(number / 20)".utf8)))
    }

    private static func account(_ number: Int) -> AccountID {
        let bytes = withUnsafeBytes(of: UInt64(number / 50 % 2_500).bigEndian, Array.init)
        return AccountID(
            UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, bytes[4], bytes[5], bytes[6], bytes[7])))
    }

    private func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<8 {
                group.addTask {
                    for index in stride(from: caller, to: count, by: 8) { try await body(index) }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// How long calls took.
struct Times: CustomStringConvertible {
    private let sorted: [Duration]

    init(_ times: [Duration]) { sorted = times.sorted() }

    var longest: Duration { sorted.last ?? .zero }

    var description: String {
        let shares = [(50, "median"), (99, "99 %")].map { share, name in
            "\(name) \(sorted.isEmpty ? .zero : sorted[sorted.count * share / 100])"
        }
        return "\(shares.joined(separator: ", ")), longest \(longest), of \(sorted.count)"
    }
}
