import NIOConcurrencyHelpers

/// Unique numbers: across the benches of a kit, and across kits.
final class SerialNumbers: Sendable {
    private let last = NIOLockedValueBox(Int.random(in: 0..<1 << 48))

    func next() -> Int {
        last.withLockedValue { last in
            last += 1
            return last
        }
    }
}
