import Foundation
import IdentityBroker

extension BrokerStore {
    /// Commits, ends the check if that is refused, and returns what was consumed.
    @discardableResult
    func mustCommit(
        _ operations: [StoreOperation],
        at now: Date = .second(0),
        _ circumstance: String
    ) async throws -> [StoredRecord] {
        switch try await commit(operations, at: now) {
        case .done(let consumed, _): return consumed
        case .refused(let refusal):
            throw Observation("a commit \(circumstance) was refused because of operation \(refusal.operation)")
        }
    }

    /// Tries to commit, and ends the check unless the commit is refused because of this operation and version.
    func mustRefuse(
        _ operations: [StoreOperation],
        at now: Date = .second(0),
        operation: Int = 0,
        found: Int?,
        _ circumstance: String
    ) async throws {
        let expected = CommitRefusal(operation: operation, found: found)
        switch try await commit(operations, at: now) {
        case .done: throw Observation("a commit \(circumstance) succeeded instead of being refused")
        case .refused(let refusal):
            try require(refusal == expected, "a commit \(circumstance) returned \(refusal) instead of \(expected)")
        }
    }

    /// Ends the check unless the record is stored like this.
    func mustHold(
        _ expected: StoredRecord,
        at now: Date = .second(0),
        resolution: Duration,
        _ circumstance: String
    ) async throws {
        guard let read = try await record(expected.key, at: now) else {
            throw Observation("record(_:at:) returned nil for a record \(circumstance)")
        }
        if let difference = expected.difference(from: read, resolution: resolution) {
            throw Observation("in a record \(circumstance), \(difference)")
        }
    }

    /// Ends the check if there is a record of this key.
    func mustHoldNone(_ key: RecordKey, at now: Date = .second(0), _ circumstance: String) async throws {
        let record = try await record(key, at: now)
        try require(record == nil, "record(_:at:) returned a record \(circumstance)")
    }

    /// The keys of all records of a selection, page by page.
    func keys(_ selection: RecordSelection, atMost count: Int = 100, at now: Date = .second(0)) async throws
        -> [RecordKey]
    {
        var keys: [RecordKey] = []
        var after: RecordKey?
        repeat {
            let page = try await records(selection, after: after, atMost: count, at: now)
            try require(page.records.count <= count, "a page of at most \(count) has \(page.records.count) records")
            try require(keys.count < 10_000, "the pages of a selection did not end")
            keys += page.records.map(\.key)
            after = page.next
        } while after != nil
        return keys
    }

    /// Ends the check unless the selection consists of exactly these records.
    func mustList(
        _ expected: [RecordKey],
        as selection: RecordSelection,
        at now: Date = .second(0),
        _ circumstance: String
    ) async throws {
        let keys = try await keys(selection, at: now)
        try require(
            keys == expected.sorted(),
            "the list \(circumstance) has \(keys.count) records instead of \(expected.count), or other ones")
    }
}
