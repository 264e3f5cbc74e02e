import Foundation
import HeapModule

/// Keys in order of expiry, earliest first.
struct ExpiryQueue<Key: Sendable>: Sendable {
    private struct Entry: Comparable, Sendable {
        let expiry: Date
        let key: Key

        static func < (left: Entry, right: Entry) -> Bool { left.expiry < right.expiry }
        static func == (left: Entry, right: Entry) -> Bool { left.expiry == right.expiry }
    }

    private var entries: Heap<Entry>

    init(_ entries: [(key: Key, expiry: Date)] = []) {
        self.entries = Heap(entries.map { Entry(expiry: $0.expiry, key: $0.key) })
    }

    var count: Int { entries.count }

    mutating func insert(_ key: Key, at expiry: Date) {
        entries.insert(Entry(expiry: expiry, key: key))
    }

    /// Removes and returns the earliest entry if it has expired.
    mutating func popFirst(notAfter now: Date) -> (key: Key, expiry: Date)? {
        guard let first = entries.min, first.expiry <= now else { return nil }
        entries.removeMin()
        return (first.key, first.expiry)
    }
}
