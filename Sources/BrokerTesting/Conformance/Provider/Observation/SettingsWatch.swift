import NIOConcurrencyHelpers

/// Observes which settings a provider type reads, and how it decodes them.
final class SettingsWatch: Sendable {
    private struct State: Sendable {
        var paths: Set<String> = []
        var dump = ""
    }

    /// The watch over the instance that the current task creates.
    @TaskLocal static var current: SettingsWatch?

    private let state = NIOLockedValueBox(State())

    /// The paths of the settings that were read.
    var paths: Set<String> { state.withLockedValue { $0.paths } }

    /// The settings as decoded, as text.
    var dump: String { state.withLockedValue { $0.dump } }

    func note(path: [any CodingKey], key: any CodingKey) {
        let path = (path + [key]).map(\.stringValue).joined(separator: ".")
        state.withLockedValue { _ = $0.paths.insert(path) }
    }

    func note(_ settings: Any) {
        var text = ""
        Swift.dump(settings, to: &text)
        state.withLockedValue { [text] in $0.dump = text }
    }
}
