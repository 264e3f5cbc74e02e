import Foundation
import IdentityBroker

/// Bounds the records of a kind that strangers can begin: when there are too many, the oldest that no one has gone on with
/// make room.
///
/// It knows the records of its own process. Several processes that share a store have as many each, and one that starts
/// again forgets those before, which only expire.
struct PendingRecords: Sendable {
    struct Limits: Sendable {
        /// How many there are in total.
        var total = 100_000
        /// How many one client has, so that no client takes all.
        var client = 50_000
    }

    enum Admission: Hashable {
        /// There is room, once this record is deleted; nil if nothing has to be.
        case admitted(deleting: RecordID?)
        /// There is none: people have gone on with all of them.
        case refused
    }

    private struct Entry: Sendable {
        let client: String
        let end: Duration
        var hasBegun = false
    }

    /// Ids in order of arrival, some of which may be gone.
    private struct Line: Sendable {
        private var ids: [RecordID] = []
        private var start = 0
        /// How many of them count.
        var count = 0

        mutating func append(_ id: RecordID) {
            ids.append(id)
            count += 1
        }

        mutating func popFirst() -> RecordID? {
            guard start < ids.count else { return nil }
            start += 1
            return ids[start - 1]
        }

        var first: RecordID? { start < ids.count ? ids[start] : nil }

        /// Drops those that are gone, once they are the most.
        mutating func compact(keeping isKept: (RecordID) -> Bool) {
            guard ids.count > 2 * count + 64 else { return }
            ids = ids[start...].filter(isKept)
            start = 0
        }
    }

    private let limits: Limits
    private let lifetime: Duration
    private var entries: [RecordID: Entry] = [:]
    /// All of them, so that the first one expires first.
    private var arrivals = Line()
    /// How many each client has.
    private var counts: [String: Int] = [:]
    /// Those of each client that no one has gone on with.
    private var waiting: [String: Line] = [:]

    /// - Parameter lifetime: How long each record lives.
    init(_ limits: Limits = Limits(), lifetime: Duration) {
        (self.limits, self.lifetime) = (limits, lifetime)
    }

    /// How many there are.
    var count: Int { entries.count }

    /// Makes room for a record of a client.
    ///
    /// - Parameter now: The time since a fixed instant.
    mutating func admit(_ id: RecordID, of client: String, at now: Duration) -> Admission {
        dropExpired(at: now)
        var evicted: RecordID?
        if counts[client, default: 0] >= limits.client {
            evicted = oldestWaiting(of: client)
            if evicted == nil { return .refused }
        } else if entries.count >= limits.total {
            evicted = waiting.max { $0.value.count < $1.value.count }.flatMap { oldestWaiting(of: $0.key) }
            if evicted == nil { return .refused }
        }
        if let evicted { remove(evicted) }
        entries[id] = Entry(client: client, end: now + lifetime)
        arrivals.append(id)
        counts[client, default: 0] += 1
        waiting[client, default: Line()].append(id)
        return .admitted(deleting: evicted)
    }

    /// Someone has gone on with a record, which stays until its time is over.
    mutating func begin(_ id: RecordID) {
        guard let entry = entries[id], !entry.hasBegun else { return }
        entries[id]?.hasBegun = true
        leaveLine(of: entry.client)
    }

    /// A record is gone.
    mutating func remove(_ id: RecordID) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        if !entry.hasBegun { leaveLine(of: entry.client) }
        counts[entry.client] = counts[entry.client].flatMap { $0 > 1 ? $0 - 1 : nil }
        arrivals.count = entries.count
        arrivals.compact { entries[$0] != nil }
    }

    private mutating func dropExpired(at now: Duration) {
        while let first = arrivals.first {
            if let entry = entries[first], now < entry.end { return }
            _ = arrivals.popFirst()
            remove(first)
        }
    }

    private mutating func oldestWaiting(of client: String) -> RecordID? {
        while let id = waiting[client]?.popFirst() {
            if let entry = entries[id], !entry.hasBegun { return id }
        }
        return nil
    }

    private mutating func leaveLine(of client: String) {
        guard var line = waiting[client] else { return }
        line.count -= 1
        line.compact { entries[$0].map { !$0.hasBegun } ?? false }
        waiting[client] = line.count > 0 ? line : nil
    }
}

extension OAuthError {
    /// More is begun than can be kept.
    static var tooManyPending: OAuthError {
        OAuthError(
            BrokerError(
                .rateLimited, "Too many logins are waiting for people. Try again later.", retryAfter: .seconds(60)))
    }
}
