/// What a program is ready to take up with a new configuration: whatever can fail has been done.
public struct PreparedChange: Sendable {
    /// The settings that cannot be taken up now, each of kind ``ConfigurationProblem/Kind/needsRestart``.
    public var settingsNeedingRestart: [ConfigurationProblem]
    /// What is wrong with the parts that are not applied, which stay as they were.
    public var problems: [ConfigurationProblem]
    /// The ids of the clients among these parts. One that is new is left out.
    public var refusedClients: Set<String>
    /// Applies the rest.
    public var apply: @Sendable () -> Void

    /// Makes a change; by default, of nothing.
    public init(
        settingsNeedingRestart: [ConfigurationProblem] = [],
        problems: [ConfigurationProblem] = [],
        refusedClients: Set<String> = [],
        apply: @escaping @Sendable () -> Void = {}
    ) {
        self.settingsNeedingRestart = settingsNeedingRestart
        self.problems = problems
        self.refusedClients = refusedClients
        self.apply = apply
    }
}
