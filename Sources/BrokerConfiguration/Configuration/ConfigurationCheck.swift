public import IdentityBroker

/// What a check of a whole configuration found.
public struct ConfigurationCheck: Sendable, Hashable {
    /// What keeps an instance from being made; empty where all is well.
    public let problems: [ConfigurationProblem]
    /// What is allowed and unwise; each of kind ``ConfigurationProblem/Kind/advice``.
    public let warnings: [ConfigurationProblem]
    /// The key ring in the store, as far as the check could look into it.
    public let keyRing: SealedKeyRing?
}
