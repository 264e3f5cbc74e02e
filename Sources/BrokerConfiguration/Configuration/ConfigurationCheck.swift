public import IdentityBroker

/// The result of checking a whole configuration.
public struct ConfigurationCheck: Sendable, Hashable {
    /// What prevents instances from being made; empty if all is well.
    public let problems: [ConfigurationProblem]
    /// What is allowed but unwise; each of kind ``ConfigurationProblem/Kind/advice``.
    public let warnings: [ConfigurationProblem]
    /// The key ring in the store, if the check could read it.
    public let keyRing: SealedKeyRing?
}
