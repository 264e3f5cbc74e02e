#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

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

    private struct Members: Encodable {
        let status: String
        let needsRestart: [String]

        enum CodingKeys: String, CodingKey {
            case status
            case needsRestart = "needs_restart"
        }
    }

    /// A JSON object.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let members = Members(status: word, needsRestart: settingsNeedingRestart)
        // Two string members can always be encoded.
        return (try? encoder.encode(members)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
