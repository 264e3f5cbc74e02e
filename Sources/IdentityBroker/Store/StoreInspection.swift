/// The findings for a store that can be used as it is.
public struct StoreInspection: Sendable, Hashable {
    /// The stored key ring; nil if there is none, or if it was not looked up.
    public var keyRing: SealedKeyRing?
    /// What is allowed but unwise about the store, each in a sentence or two for an operator. Contains no secret.
    public var advice: [String]

    /// Makes a finding.
    public init(keyRing: SealedKeyRing? = nil, advice: [String] = []) {
        self.keyRing = keyRing
        self.advice = advice
    }
}
