/// A value that the upstream says it has verified, and that its provider believes it to have.
///
/// Linking accounts takes nothing less (CVE-2026-9092: an account bound by an e-mail nobody had verified).
public struct Verified<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public let value: Value

    /// Says that the upstream verified the value.
    public init(_ value: Value) {
        self.value = value
    }
}
