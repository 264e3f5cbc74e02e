/// How what a program runs relates to its configuration file.
public struct ConfigurationState: Sendable {
    /// The configuration that is in effect: the last valid one, in which the parts that could not be applied are as they were.
    public var configuration: Configuration
    /// Why the file, or a part of it, is not in effect; nil while all of it is, as far as is known.
    public var failure: ConfigurationError?
    /// The settings of ``configuration`` that take effect only when the program is restarted, each of kind
    /// ``ConfigurationProblem/Kind/needsRestart``, in the order of the file.
    public var settingsNeedingRestart: [ConfigurationProblem] = []

    /// What the program was started with: what holds of the settings that need a restart.
    public let started: Configuration

    /// The state at the start.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        started = configuration
    }
}
