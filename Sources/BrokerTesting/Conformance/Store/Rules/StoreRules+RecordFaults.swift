import Foundation
import IdentityBroker

extension StoreRules {
    /// The rules for records while the storage has a fault.
    static func recordsUnderFault(_ fault: String) -> [StoreRule<FaultBench>] {
        [committing(fault), committingAll(fault), recordSecrecy(fault)]
    }

    private static func committingAll(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), a commit of several kinds is done completely or not at all, and reports truthfully which",
            because: "A login that was told to try again must find everything as it was."
        ) { bench in
            let store = try await bench.storage.open()
            let (mixed, later) = (MixedCommit(0), MixedCommit(1))
            try await mixed.prepare(store)
            try await later.prepare(store)
            // Whatever stops a sign-in stops it.
            let call = try await bench.attempt(.signIn) { () async throws(StoreFailure) in
                try await store.commit(mixed.operations, at: .second(0))
            }
            try await mixed.check(call, on: store)
            let second = try await bench.storage.make("commit") { () async throws(StoreFailure) in
                try await store.commit(later.operations, at: .second(0))
            }
            try require(second.failure == nil, "commit still failed after the storage was repaired")
            try await later.check(second, on: store)
        }
    }

    private static func committing(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), a commit is done completely or not at all, reports truthfully which, and works again later",
            because:
                "A code used up for nothing locks its user out, and one that yields tokens twice lets others in."
        ) { bench in
            let store = try await bench.storage.open()
            let (attempt, later) = (CommitAttempt(0), CommitAttempt(1))
            try await attempt.prepare(store)
            try await later.prepare(store)
            let call = try await bench.attempt(.commit) { () async throws(StoreFailure) in
                try await attempt.make(on: store)
            }
            try await attempt.check(call, on: store)
            let second = try await bench.storage.make("commit") { () async throws(StoreFailure) in
                try await later.make(on: store)
            }
            try require(second.failure == nil, "commit still failed after the storage was repaired")
            try await later.check(second, on: store)
        }
    }

    private static func recordSecrecy(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), no failure reveals anything about a record",
            because: "The message goes to the operator's log. An id there can be tested against guesses forever."
        ) { bench in
            let store = try await bench.storage.open()
            let record = StoredRecord(
                key: RecordKey(kind: "kit_sample", id: .known("canary-1d0f")),
                owners: [.session(.known("canary-50e5"))], body: Data("canary-b0d1e5".utf8))
            try await store.mustCommit([.put(record)], "of a new record")
            let failures = try await bench.whileItLasts {
                // All at once: each may take as long as the store waits for a lock.
                try await race(3) { number in
                    try await bench.storage.make("a call") { () async throws(StoreFailure) in
                        switch number {
                        case 0: _ = try await store.commit([.put(record.next(text: "canary"))], at: .second(0))
                        case 1: _ = try await store.record(record.key, at: .second(0))
                        default:
                            _ = try await store.records(
                                .owned(by: .session(.known("canary-50e5"))), after: nil, atMost: 9, at: .second(0))
                        }
                    }.failure
                }.compactMap(\.self)
            }
            for failure in failures {
                try require(!failure.message.contains("canary"), "the message \"\(failure.message)\" names the record")
            }
        }
    }
}
