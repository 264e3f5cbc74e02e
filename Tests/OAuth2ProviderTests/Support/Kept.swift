import NIOConcurrencyHelpers

/// A value that a closure keeps for a test.
final class Kept<Value: Sendable>: Sendable {
    private let box: NIOLockedValueBox<Value>

    init(_ value: Value) {
        box = NIOLockedValueBox(value)
    }

    var value: Value { box.withLockedValue { $0 } }

    func set(_ value: Value) {
        box.withLockedValue { $0 = value }
    }
}
