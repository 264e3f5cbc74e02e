import NIOConcurrencyHelpers

/// Numbers of which no two are the same: not at two benches of a kit, and not at those of two kits.
final class SerialNumbers: Sendable {
    private let last = NIOLockedValueBox(Int.random(in: 0..<1 << 48))

    func next() -> Int {
        last.withLockedValue { last in
            last += 1
            return last
        }
    }
}
