/// What a look at a store found that can be used as it is.
public struct StoreInspection: Sendable, Hashable {
    /// The key ring that is stored; nil where there is none, or nobody looked.
    public var keyRing: SealedKeyRing?
    /// What is allowed and unwise about the store, each in a sentence or two for an operator. No secret is in it.
    public var advice: [String]

    /// Makes a finding.
    public init(keyRing: SealedKeyRing? = nil, advice: [String] = []) {
        self.keyRing = keyRing
        self.advice = advice
    }
}
