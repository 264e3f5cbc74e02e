/// An unverified value that the upstream passes on. For display, never for decisions.
public struct Asserted<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public let value: Value

    /// Wraps a value.
    public init(_ value: Value) {
        self.value = value
    }
}
