import Foundation
import IdentityBroker

extension StoreRules {
    static let records: [StoreRule<StoreBench>] = [
        StoreRule(
            "a record comes back as it was put, byte by byte",
            because: "Its body is the module's own, and sealed perhaps: one byte that differs opens nothing."
        ) { bench in
            let store = try await bench.openRecordStore()
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
                let consumed = try await store.mustCommit([.consume(next.key)], "of a record that there was")
                try require(consumed.count == 1, "\(consumed.count) records were consumed in place of one")
                if let difference = next.difference(from: consumed[0], resolution: bench.timeResolution) {
                    throw Observation("of a record that was consumed, \(difference)")
                }
            }
        },
        StoreRule(
            "a record that nobody put is none, whatever else has its id",
            because:
                "An id is chosen within its kind. A code that opens a session, because both begin alike, is a way in."
        ) { bench in
            let store = try await bench.openRecordStore()
            let key = RecordKey.sample(kind: "kit_other")
            try await store.mustHoldNone(key, "in an empty store")
            try await store.mustCommit([.put(.sample())], "of a new record")
            try await store.mustHoldNone(key, "of another kind than the one that was put")
            try await store.mustRefuse([.consume(key)], found: nil, "of another kind than the one that was put")
            try await store.mustCommit([.put(.sample(kind: "kit_other", text: "other"))], "of another kind's record")
            try await store.mustHold(.sample(), resolution: bench.timeResolution, "beside one of another kind")
            try await store.mustList([.sample()], as: .all("kit_sample"), "beside one of another kind")
        },
        StoreRule(
            "a record is put one version at a time",
            because: "Each version was made from the one before. Put in another's place, it undoes what came between."
        ) { bench in
            let store = try await bench.openRecordStore()
            let first = StoredRecord.sample(text: "first")
            try await store.mustRefuse([.put(first.next())], found: nil, "with version 2 of what there is not")
            try await store.mustCommit([.put(first)], "of a new record")
            try await store.mustRefuse([.put(first)], found: 1, "with version 1 of what there is")
            let second = first.next(text: "second")
            try await store.mustRefuse([.put(second.next())], found: 1, "with version 3 after version 1")
            try await store.mustCommit([.put(second)], "of the next version")
            try await store.mustRefuse([.put(second)], found: 2, "with version 2 for the second time")
            let versions: [(Int?, isThere: Bool)] = [(1, false), (2, true), (nil, true)]
            for (version, isThere) in versions {
                let requirement = RecordOperation.require(first.key, version: version)
                guard isThere else {
                    try await store.mustRefuse([requirement], found: 2, "of another version than it asked for")
                    continue
                }
                try await store.mustCommit([requirement], "that asked for what there was")
            }
            try await store.mustRefuse([.require(.sample(1), version: nil)], found: nil, "that asked for what was not")
            try await store.mustHold(second, resolution: bench.timeResolution, "after puts out of turn")
        },
        StoreRule(
            "a put replaces expiry, owners and body",
            because: "A session that is used lives on. One that went over to another account ends with that one."
        ) { bench in
            let store = try await bench.openRecordStore()
            let first = StoredRecord.sample(until: 5, owners: [.sample(1), .sample(2)])
            var second = first.next(until: 50)
            second.owners = [.sample(2), .sample(3)]
            try await store.mustCommit([.put(first)], "of a new record")
            try await store.mustCommit([.put(second)], "of the next version")
            try await store.mustHold(second, at: .second(6), resolution: bench.timeResolution, "past its first expiry")
            let lists: [(Int, [RecordKey])] = [(1, []), (2, [first.key]), (3, [first.key])]
            for (owner, keys) in lists {
                try await store.mustList(
                    keys, as: .owned(by: .sample(owner)), "of owner \(owner), of whom 1 was replaced")
            }
            try await store.mustCommit([.deleteAll(ownedBy: .sample(1))], "of nothing")
            try await store.mustHold(
                second, resolution: bench.timeResolution, "after all of its former owner was deleted")
        },
        StoreRule(
            "a record is consumed once",
            because: "An authorization code gives tokens once (RFC 6749 §4.1.2)."
        ) { bench in
            let store = try await bench.openRecordStore()
            let record = StoredRecord.sample()
            try await store.mustRefuse([.consume(record.key)], found: nil, "of what there was not")
            try await store.mustCommit([.put(record)], "of a new record")
            try await store.mustCommit([.consume(record.key)], "of a record that there was")
            try await store.mustHoldNone(record.key, "that was consumed")
            try await store.mustRefuse([.consume(record.key)], found: nil, "for the second time")
            try await store.mustList([], as: .owned(by: .sample(0)), "of the owner of one that was consumed")
            try await store.mustCommit([.delete(record.key)], "of what there was not any more")
        },
        StoreRule(
            "exactly one of a thousand racing callers consumes a record",
            because: "A code that was stolen is presented at the same moment as by the app that it is for."
        ) { bench in
            let store = try await bench.openRecordStore()
            try await oneConsumption(among: 1_000, on: [store])
        },
        StoreRule(
            "a body that cannot be decoded is its record's alone",
            because: "One record that another version wrote, or a key lost, must not keep everybody out."
        ) { bench in
            let store = try await bench.openRecordStore()
            let (broken, sound) = (
                StoredRecord.sample(1, text: "no body"), try KitSample(text: "sound").record(2).put()
            )
            try await store.mustCommit([.put(broken), sound], "of new records")
            let call = await StoreCall { () async throws(StoreFailure) in
                try await store.record(KitSample.self, broken.key.id, at: .second(0))?.body.text
            }
            try require(call.failure?.reason == .corrupt, "a body that cannot be decoded came back as \(call)")
            let read = try await store.record(KitSample.self, .number(2), at: .second(0))
            try require(read?.body.text == "sound", "a record beside one that cannot be decoded came back as another")
            try await store.mustList(
                [broken.key, .sample(2)], as: .all("kit_sample"), "of which one cannot be decoded")
            try await store.mustCommit([.delete(broken.key)], "of a record that cannot be decoded")
        },
    ]

    /// Races callers for one record over these stores.
    static func oneConsumption(among callers: Int, on stores: [any LoginStore & RecordStore]) async throws {
        let (code, made) = (StoredRecord.sample(text: "code"), StoredRecord.sample(1))
        try await stores[0].mustCommit([.put(code)], "of a new record")
        let tries = try await race(callers) { caller in
            let token = StoredRecord.sample(1, text: "for \(caller)")
            return (
                token,
                try await stores[caller % stores.count].commit([.consume(code.key), .put(token)], at: .second(0))
            )
        }
        let winners = tries.filter { if case .done = $1 { true } else { false } }
        try require(winners.count == 1, "\(winners.count) of \(callers) callers consumed a record")
        try require(winners[0].1 == .done(consumed: [code]), "the one who consumed a record was given another")
        let read = try await stores[0].record(made.key, at: .second(0))
        try require(read?.body == winners[0].0.body, "what was put with a consumption was not the winner's")
        try await stores[0].mustHoldNone(code.key, "after a race to consume it")
    }
}

/// A kind of record of the kit's own.
struct KitSample: RecordBody, Codable {
    static let recordKind: RecordKind = "kit_sample"
    var text: String

    func record(_ number: Int) -> Record<KitSample> {
        Record(self, id: .number(number), expiry: .second(86_400))
    }
}
