/// What a program is ready to apply from a new configuration: everything that can fail has been done.
public struct PreparedChange: Sendable {
    /// The settings that cannot be applied now, each of kind ``ConfigurationProblem/Kind/needsRestart``.
    public var settingsNeedingRestart: [ConfigurationProblem]
    /// The problems of the parts that are not applied, which stay as they were.
    public var problems: [ConfigurationProblem]
    /// The ids of the clients among these parts. A new one is omitted.
    public var refusedClients: Set<String>
    /// The settings below `server` among these parts, such as `tls`, each with everything below it.
    public var refusedSettings: Set<String>
    /// Applies the rest.
    public var apply: @Sendable () -> Void

    /// Makes a change; by default, an empty one.
    public init(
        settingsNeedingRestart: [ConfigurationProblem] = [],
        problems: [ConfigurationProblem] = [],
        refusedClients: Set<String> = [],
        refusedSettings: Set<String> = [],
        apply: @escaping @Sendable () -> Void = {}
    ) {
        self.settingsNeedingRestart = settingsNeedingRestart
        self.problems = problems
        self.refusedClients = refusedClients
        self.refusedSettings = refusedSettings
        self.apply = apply
    }
}
