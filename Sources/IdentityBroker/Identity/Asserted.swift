/// A value that the upstream passes on and that nobody has verified. Good for showing, never for deciding.
public struct Asserted<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public let value: Value

    /// Passes a value on.
    public init(_ value: Value) {
        self.value = value
    }
}
