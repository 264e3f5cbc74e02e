/// A value that the upstream says it verified, and whose verification its provider trusts.
///
/// Linking accounts requires nothing less (CVE-2026-9092: an account bound by an unverified e-mail address).
public struct Verified<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public let value: Value

    /// Wraps a value that the upstream verified.
    public init(_ value: Value) {
        self.value = value
    }
}
