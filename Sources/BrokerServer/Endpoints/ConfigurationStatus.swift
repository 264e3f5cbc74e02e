import StrictJSON

/// How the running service relates to its configuration, for operators.
public struct ConfigurationStatus: Sendable, Hashable {
    /// Whether the configuration was refused, so that an earlier one is still in effect.
    public var isRefused: Bool
    /// The changed settings that take effect only after a restart, such as `server.listen`.
    public var settingsNeedingRestart: [String]

    /// Makes a status.
    public init(isRefused: Bool = false, settingsNeedingRestart: [String] = []) {
        self.isRefused = isRefused
        self.settingsNeedingRestart = settingsNeedingRestart
    }

    /// The status as a word.
    private var word: String {
        if isRefused { return "refused" }
        return settingsNeedingRestart.isEmpty ? "current" : "needs_restart"
    }

    /// The status as JSON.
    var members: JSONObject {
        ["status": .string(word), "needs_restart": .strings(settingsNeedingRestart)]
    }
}
