import Foundation
import IdentityBroker

extension StoreRules {
    static let recordExpiry: [StoreRule<StoreBench>] = [
        StoreRule(
            "a record exists until its expiry, and no longer",
            because: "A code is valid for a minute, whether or not a purge has run since."
        ) { bench in
            let store = try await bench.open()
            let tick = bench.timeResolution / .seconds(1)
            _ = try await store.believedTime(at: .second(0))
            for (number, seconds) in [10.0, 10.001_25].enumerated() {
                let record = StoredRecord.sample(number, until: seconds)
                let (end, last) = (Date.second(seconds), Date.second(seconds).addingTimeInterval(-tick))
                try await store.mustCommit([.put(record)], "of a new record")
                try await store.mustHold(record, at: last, resolution: bench.timeResolution, "before its expiry")
                try await store.mustList([record.key], as: .all("kit_sample"), at: last, "before their expiry")
                try await store.mustCommit([.require(record.key, version: 1)], at: last, "before the expiry")
                try await store.mustRefuse(
                    [.put(record)], at: last, found: 1, "that puts version 1 before the record's expiry")
                try await store.mustHoldNone(record.key, at: end, "at its expiry")
                let selections: [RecordSelection] = [
                    .all("kit_sample"), .owned(by: .sample(0)), .owned(by: .sample(0), kind: "kit_sample"),
                ]
                for selection in selections { try await store.mustList([], as: selection, at: end, "at their expiry") }
                let uses: [StoreOperation] = [
                    .consume(record.key), .require(record.key, version: nil), .put(record.next()),
                    .delete(record.key, version: 1),
                ]
                for use in uses { try await store.mustRefuse([use], at: end, found: nil, "of an expired record") }
                var again = StoredRecord.sample(number, until: nil, owners: [.sample(5)], text: "again")
                try await store.mustCommit([.put(again)], at: end, "that replaces an expired record")
                try await store.mustHold(
                    again, at: .second(1e9), resolution: bench.timeResolution, "that has no expiry")
                try await store.mustList([], as: .owned(by: .sample(0)), "of an expired record's owner")
                again.version += 1
                try await store.mustCommit([.put(again), .delete(.sample(9))], at: .second(1e9), "of a next version")
                try await store.mustCommit([.delete(record.key)], at: end, "that deletes a record")
            }
        },
        StoreRule(
            "a clock that is ahead frees no id and deletes nothing",
            because:
                "A proof that was presented is refused as long as it is kept. Removed early, it works once more."
        ) { bench in
            let store = try await bench.open()
            _ = try await store.believedTime(at: .second(0))
            let record = StoredRecord.sample(until: 60)
            try await store.mustCommit([.put(record)], "of a new record")
            for ahead in [Date.second(86_400), .second(1e9), .distantFuture] {
                try await store.mustHoldNone(record.key, at: ahead, "although a clock that is ahead is past its expiry")
                try await store.mustRefuse([.consume(record.key)], at: ahead, found: nil, "by a clock that is ahead")
                try await store.mustRefuse([.put(record)], at: ahead, found: 1, "by a clock that is ahead")
            }
            try await store.mustHold(
                record, resolution: bench.timeResolution, "after requests by clocks that are ahead")
        },
        StoreRule(
            "a deletion by owner removes what has just expired as well",
            because: "The clock of another process may be behind, and the session would still be open there."
        ) { bench in
            let store = try await bench.open()
            _ = try await store.believedTime(at: .second(0))
            let record = StoredRecord.sample(until: 60)
            try await store.mustCommit([.put(record)], "of a new record")
            try await store.mustCommit(
                [.deleteAll(ownedBy: .sample(0))], at: .second(61), "of an owner whose record has expired")
            try await store.mustHoldNone(record.key, "after a deletion by a clock that is past its expiry")
            let other = StoredRecord.sample(1, until: 120)
            try await store.mustCommit([.put(other)], "of a new record")
            _ = try await store.believedTime(at: .second(3_600))
            let (ahead, behind) = (Date.second(7_140), Date.second(60))
            try await store.mustCommit(
                [.deleteAll(ownedBy: .sample(0))], at: ahead, "by a clock 59 minutes ahead of the store's time")
            try await store.mustHoldNone(
                other.key, at: behind, "for a clock 59 minutes behind the store's time, after a deletion by one ahead")
        },
        StoreRule(
            "records that expired long ago do not prevent the deletion of their owner's others",
            because: "A session may leave any number of them until the next purge, and signing out must end it."
        ) { bench in
            let store = try await bench.open()
            _ = try await store.believedTime(at: .second(0))
            for start in stride(from: 0, to: StoreOperation.mostOwned, by: 100) {
                try await store.mustCommit(
                    (start..<start + 100).map { .put(.sample($0, until: 60)) }, "of a hundred records")
            }
            let open = StoredRecord.sample(kind: "kit_other", until: nil)
            try await store.mustCommit([.put(open)], "of one more record than a commit deletes by owner")
            let hours = (1...3).map { Date.second(Double($0) * 3_600) }
            for hour in hours { _ = try await store.believedTime(at: hour) }
            try await store.mustCommit(
                [.deleteAll(ownedBy: .sample(0))], at: hours[2], "of an owner most of whose records have expired")
            try await store.mustHoldNone(open.key, at: hours[2], "after a deletion by owner")
        },
        StoreRule(
            "a record written by a clock that is behind is kept as long as requested, by the store's time",
            because: "What a process with a wrong clock used up would be removed at once, and work again."
        ) { bench in
            let store = try await bench.open()
            _ = try await store.believedTime(at: .second(1_000_000))
            let record = StoredRecord.sample(until: 60)
            try await store.mustCommit([.put(record), .put(.sample(1, until: nil))], at: .second(0), "of new records")
            try await store.mustRefuse([.put(record)], at: .second(1_000_059), found: 1, "of a record that is kept")
            try await store.mustPurge(0, at: .second(1_000_059), atMost: 100, "of records that a clock behind wrote")
            try await store.mustHold(record, resolution: bench.timeResolution, "for the clock that wrote it")
            try await store.mustPurge(1, at: .second(1_000_060), atMost: 100, "of records that a clock behind wrote")
            try await store.mustHoldNone(record.key, "after its purge")
            try await store.mustPurge(0, at: .distantFuture, atMost: 100, "of a record that has no expiry")
        },
        StoreRule(
            "a purge removes expired records, no more than requested, oldest first, and counts them",
            because:
                "It runs alongside logins: its limit keeps them from waiting. What is never removed fills the store."
        ) { bench in
            let store = try await bench.open()
            for number in (1...9).reversed() {
                try await store.mustCommit([.put(.sample(number, until: Double(number)))], "of a new record")
            }
            try await store.mustCommit([.put(.sample(1).next(until: 50)), .delete(.sample(9))], "of a next version")
            for (told, gone, left) in [(3, 3, [1, 5, 6, 7, 8]), (100, 3, [1, 8])] {
                try await store.mustPurge(gone, at: .second(7), atMost: told, "of 8 records, in rounds of 3 and 100")
                try await store.mustList(left.map { .sample($0) }, as: .all("kit_sample"), "after a purge of \(told)")
                try await store.mustList(
                    left.map { .sample($0) }, as: .owned(by: .sample(0)), "after a purge of \(told)")
            }
            try await store.mustPurge(0, at: .second(7), atMost: 100, "after everything expired was removed")
            try await store.mustHold(
                .sample(8, until: 8), at: .second(7), resolution: bench.timeResolution,
                "after a purge before its expiry")
        },
    ]
}
