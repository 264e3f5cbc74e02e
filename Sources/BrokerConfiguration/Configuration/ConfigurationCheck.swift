/// What a check of a whole configuration found.
public struct ConfigurationCheck: Sendable, Hashable {
    /// What keeps an instance from being made; empty where all is well.
    public let problems: [ConfigurationProblem]
    /// What is allowed and unwise; each of kind ``ConfigurationProblem/Kind/advice``.
    public let warnings: [ConfigurationProblem]
}
