import Foundation
import IdentityBroker

extension StoreRules {
    static let records: [StoreRule<StoreBench>] = [
        StoreRule(
            "a record is returned as it was put, byte for byte",
            because: "Its body belongs to a module and may be encrypted: if one byte changes, it cannot be read."
        ) { bench in
            let store = try await bench.open()
            let ascii = String(decoding: Array(0x21...0x7E) as [UInt8], as: UTF8.self)
            let odd = RecordID.known(ascii + ascii + ascii.prefix(67))
            let owners: Set<RecordOwner> = [.account(AccountID(UUID())), .grant(UUID()), .session(odd)]
            var records = StoreSamples.texts.enumerated().map { number, text in
                StoredRecord.sample(number, owners: number.isMultiple(of: 2) ? [] : owners, text: text)
            }
            records += [
                StoredRecord(key: RecordKey(kind: "kit_sample", id: odd), body: Data(0...255)),
                StoredRecord(
                    key: RecordKey(kind: "k", id: .known(":")), expiry: .second(1.001_25), owners: owners, body: Data()),
                StoredRecord(key: .sample(100), expiry: nil, owners: owners, body: Data(count: 1024 * 1024)),
            ]
            for record in records {
                try await store.mustCommit([.put(record)], "of a new record")
                try await store.mustHold(record, resolution: bench.timeResolution, "after it was put")
                let next = record.next(text: String(decoding: record.body.prefix(1_000).reversed(), as: UTF8.self))
                try await store.mustCommit([.put(next)], "of a next version")
                let consumed = try await store.mustCommit([.consume(next.key)], "that consumes a record")
                try require(consumed.count == 1, "\(consumed.count) records were consumed instead of one")
                if let difference = next.difference(from: consumed[0], resolution: bench.timeResolution) {
                    throw Observation("in a consumed record, \(difference)")
                }
            }
        },
        StoreRule(
            "a record that was never put does not exist, whatever else has its id",
            because:
                "Ids are chosen within their kind. A code must not open a session that happens to have the same id."
        ) { bench in
            let store = try await bench.open()
            let key = RecordKey.sample(kind: "kit_other")
            try await store.mustHoldNone(key, "in an empty store")
            try await store.mustCommit([.put(.sample())], "of a new record")
            try await store.mustHoldNone(key, "of another kind than the one that was put")
            try await store.mustRefuse([.consume(key)], found: nil, "that consumes one of another kind")
            try await store.mustCommit([.put(.sample(kind: "kit_other", text: "other"))], "of a record of another kind")
            try await store.mustHold(.sample(), resolution: bench.timeResolution, "next to one of another kind")
            try await store.mustList([.sample()], as: .all("kit_sample"), "of one of two kinds")
        },
        StoreRule(
            "a record is put one version at a time",
            because: "Each version is based on the one before. In another's place, it would undo what came in between."
        ) { bench in
            let store = try await bench.open()
            let first = StoredRecord.sample(text: "first")
            try await store.mustRefuse(
                [.put(first.next())], found: nil, "with version 2 of a record that does not exist")
            try await store.mustCommit([.put(first)], "of a new record")
            try await store.mustRefuse([.put(first)], found: 1, "with version 1 of a record that exists")
            let second = first.next(text: "second")
            try await store.mustRefuse([.put(second.next())], found: 1, "with version 3 after version 1")
            try await store.mustCommit([.put(second)], "of the next version")
            try await store.mustRefuse([.put(second)], found: 2, "with version 2 for the second time")
            let versions: [(Int?, isThere: Bool)] = [(1, false), (2, true), (nil, true)]
            for (version, isThere) in versions {
                let requirement = StoreOperation.require(first.key, version: version)
                guard isThere else {
                    try await store.mustRefuse([requirement], found: 2, "that requires another version")
                    continue
                }
                try await store.mustCommit([requirement], "that requires the current version")
            }
            try await store.mustRefuse(
                [.require(.sample(1), version: nil)], found: nil, "that requires a missing record")
            try await store.mustHold(second, resolution: bench.timeResolution, "after puts out of turn")
        },
        StoreRule(
            "exactly one of many simultaneous callers puts a version of a record",
            because:
                "All processes start together and find no keys. The keys of all but one must be discarded."
        ) { bench in
            try await oneVersion(among: 32, on: [bench.open()], resolution: bench.timeResolution)
        },
        StoreRule(
            "a put replaces expiry, owners and body",
            because: "A session in use is extended, and one that moved to another account ends with that account."
        ) { bench in
            let store = try await bench.open()
            let first = StoredRecord.sample(until: 5, owners: [.sample(1), .sample(2)])
            var second = first.next(until: 50)
            second.owners = [.sample(2), .sample(3)]
            try await store.mustCommit([.put(first)], "of a new record")
            try await store.mustCommit([.put(second)], "of the next version")
            try await store.mustHold(second, at: .second(6), resolution: bench.timeResolution, "after its first expiry")
            let lists: [(Int, [RecordKey])] = [(1, []), (2, [first.key]), (3, [first.key])]
            for (owner, keys) in lists {
                try await store.mustList(
                    keys, as: .owned(by: .sample(owner)), "of owner \(owner), of which 1 was replaced")
            }
            try await store.mustCommit([.deleteAll(ownedBy: .sample(1))], "that deletes nothing")
            try await store.mustHold(
                second, resolution: bench.timeResolution, "after a deletion by its former owner")
        },
        StoreRule(
            "a record is consumed once",
            because: "An authorization code yields tokens once (RFC 6749 §4.1.2)."
        ) { bench in
            let store = try await bench.open()
            let record = StoredRecord.sample()
            try await store.mustRefuse([.consume(record.key)], found: nil, "that consumes a missing record")
            try await store.mustCommit([.put(record)], "of a new record")
            try await store.mustCommit([.consume(record.key)], "that consumes a record")
            try await store.mustHoldNone(record.key, "that was consumed")
            try await store.mustRefuse([.consume(record.key)], found: nil, "that consumes a record again")
            try await store.mustList([], as: .owned(by: .sample(0)), "of a consumed record's owner")
            try await store.mustCommit([.delete(record.key)], "that deletes a missing record")
        },
        StoreRule(
            "a record is consumed or deleted in the requested version, or not at all",
            because: "A device code that its user denied after the app had read it would give tokens (RFC 8628 §3.5)."
        ) { bench in
            let store = try await bench.open()
            let (record, other) = (StoredRecord.sample(), StoredRecord.sample(1))
            try await store.mustCommit([.put(record), .put(other)], "of new records")
            try await store.mustCommit([.put(record.next()), .put(other.next())], "of next versions")
            for version in [1, 3] {
                let uses: [StoreOperation] = [
                    .consume(record.key, version: version), .delete(record.key, version: version),
                ]
                for use in uses { try await store.mustRefuse([use], found: 2, "that uses another version") }
            }
            try await store.mustHold(record.next(), resolution: bench.timeResolution, "after refused uses")
            let consumed = try await store.mustCommit(
                [.consume(record.key, version: 2), .delete(other.key, version: 2)], "that uses current versions")
            try require(consumed.map(\.version) == [2], "a record that was consumed in version 2 came back as another")
            for key in [record.key, other.key] {
                try await store.mustHoldNone(key, "that was consumed or deleted in its version")
                try await store.mustRefuse([.consume(key, version: 2)], found: nil, "that uses a missing record")
                try await store.mustRefuse([.delete(key, version: 2)], found: nil, "that uses a missing record")
            }
        },
        StoreRule(
            "exactly one of a thousand racing callers consumes a record",
            because: "A thief may present a stolen code at the same moment as the app that it was issued to."
        ) { bench in
            let store = try await bench.open()
            try await oneConsumption(among: 1_000, on: [store])
        },
        StoreRule(
            "a body that cannot be decoded affects only its own record",
            because: "One record that another version wrote, or whose key is lost, must not lock everyone out."
        ) { bench in
            let store = try await bench.open()
            let (broken, sound) = (
                StoredRecord.sample(1, text: "no body"), try KitSample(text: "sound").record(2).put()
            )
            try await store.mustCommit([.put(broken), sound], "of new records")
            let call = await StoreCall { () async throws(StoreFailure) in
                try await store.record(KitSample.self, broken.key.id, at: .second(0))?.body.text
            }
            try require(call.failure?.reason == .corrupt, "reading a body that cannot be decoded ended as \(call)")
            let read = try await store.record(KitSample.self, .number(2), at: .second(0))
            try require(read?.body.text == "sound", "a record next to one that cannot be decoded came back changed")
            try await store.mustList(
                [broken.key, .sample(2)], as: .all("kit_sample"), "of which one cannot be decoded")
            try await store.mustCommit([.delete(broken.key)], "of a record that cannot be decoded")
        },
    ]

    /// Races for the first version of a record, and for later ones, over these stores.
    static func oneVersion(
        among callers: Int,
        on stores: [any BrokerStore],
        resolution: Duration
    ) async throws {
        for version in 1...8 {
            let tries = try await race(callers) { caller in
                let text = "version \(version) by \(caller)"
                var record = StoredRecord.sample(until: nil, owners: [], text: text)
                record.version = version
                let event = AuditEvent.sample()
                let commit = try await stores[caller % stores.count].commitUnlessOverloaded([
                    .put(record), .append(event),
                ])
                return (record: record, event: event.login, isPut: commit == .done(consumed: []))
            }
            let put = tries.filter(\.isPut)
            try require(put.count == 1, "\(put.count) of \(callers) callers put version \(version)")
            try await stores[0].mustHold(put[0].record, resolution: resolution, "after a race for version \(version)")
            let written = Set(try await stores[0].newestEvents(1_000).map(\.login))
            try require(
                tries.map(\.event).filter(written.contains) == [put[0].event],
                "others than the one that put version \(version) wrote their events")
        }
    }

    /// Races callers for one record over these stores.
    static func oneConsumption(among callers: Int, on stores: [any BrokerStore]) async throws {
        let (code, made) = (StoredRecord.sample(text: "code"), StoredRecord.sample(1))
        try await stores[0].mustCommit([.put(code)], "of a new record")
        let tries = try await race(callers) { caller in
            let token = StoredRecord.sample(1, text: "for \(caller)")
            let store = stores[caller % stores.count]
            return (token, try await store.commitUnlessOverloaded([.consume(code.key), .put(token)]))
        }
        let winners = tries.filter { if case .done? = $1 { true } else { false } }
        try require(winners.count == 1, "\(winners.count) of \(callers) callers consumed a record")
        try require(winners[0].1 == .done(consumed: [code]), "the caller that consumed the record got another one")
        let read = try await stores[0].record(made.key, at: .second(0))
        try require(read?.body == winners[0].0.body, "the record that was put with the consumption is not the winner's")
        try await stores[0].mustHoldNone(code.key, "after a race to consume it")
    }
}

extension BrokerStore {
    /// The result of a commit; nil if the store refuses it unperformed because callers have waited too long, as they may
    /// beside other work on a slow machine.
    fileprivate func commitUnlessOverloaded(_ operations: [StoreOperation]) async throws -> CommitResult? {
        do throws(StoreFailure) {
            return try await commit(operations, at: .second(0))
        } catch {
            guard error.reason == .overloaded, !error.mayHaveHappened else { throw error }
            return nil
        }
    }
}

/// The kit's own kind of record.
struct KitSample: RecordBody, Codable {
    static let recordKind: RecordKind = "kit_sample"
    var text: String

    func record(_ number: Int) -> Record<KitSample> {
        Record(self, id: .number(number), expiry: .second(86_400))
    }
}
