/// How what a program runs relates to its configuration file.
public struct ConfigurationState: Sendable {
    /// The configuration whose providers and clients are served: the last valid one.
    public var configuration: Configuration
    /// Why the file is not what is served; nil while it is, as far as is known.
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
