/// What a program is ready to take up with a new configuration: whatever can fail has been done, and did not.
public struct PreparedChange: Sendable {
    /// The settings that cannot be taken up now, each of kind ``ConfigurationProblem/Kind/needsRestart``.
    public var settingsNeedingRestart: [ConfigurationProblem]
    /// Takes up the others.
    public var apply: @Sendable () -> Void

    /// Makes a change; by default, of nothing.
    public init(
        settingsNeedingRestart: [ConfigurationProblem] = [],
        apply: @escaping @Sendable () -> Void = {}
    ) {
        self.settingsNeedingRestart = settingsNeedingRestart
        self.apply = apply
    }
}
