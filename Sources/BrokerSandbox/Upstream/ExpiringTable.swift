package import Foundation

/// Values that last for a time, by their handles.
///
/// It removes what has expired whenever it has doubled, so that an addition costs little on average, and what is kept is at
/// most twice as much as ever lasted at once.
package struct ExpiringTable<Value: Sendable>: Sendable {
    private var entries: [String: (value: Value, expiry: Date)] = [:]
    /// How many entries there may be before the next removal.
    private var bound = Self.leastBound

    private static var leastBound: Int { 64 }

    /// An empty table.
    package init() {}

    /// How many entries are kept, expired ones included.
    package var count: Int { entries.count }

    /// The value of a handle; nil if there is none, or no longer.
    package func value(of handle: String, at now: Date) -> Value? {
        entries[handle].flatMap { now < $0.expiry ? $0.value : nil }
    }

    /// Adds a value that lasts for so many seconds.
    package mutating func add(_ value: Value, as handle: String, for lifetime: TimeInterval, at now: Date) {
        if entries.count >= bound {
            entries = entries.filter { now < $0.value.expiry }
            bound = max(Self.leastBound, entries.count * 2)
        }
        entries[handle] = (value, now.addingTimeInterval(lifetime))
    }

    /// Changes a value, which lasts no longer by it.
    package mutating func update(_ handle: String, _ change: (inout Value) -> Void) {
        guard var entry = entries[handle] else { return }
        change(&entry.value)
        entries[handle] = entry
    }

    package mutating func remove(_ handle: String) {
        entries[handle] = nil
    }
}
