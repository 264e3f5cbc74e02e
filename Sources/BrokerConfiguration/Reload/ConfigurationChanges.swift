public import IdentityBroker

/// What a reload changed, each list in order.
///
/// An instance or a client of which only secrets changed is in none of the lists: it is only known that they were read
/// again.
public struct ConfigurationChanges: Sendable, Hashable {
    /// New instances.
    public let added: [ProviderID]
    /// Removed instances.
    public let removed: [ProviderID]
    /// Instances that were disabled before and are now enabled.
    public let switchedOn: [ProviderID]
    /// Instances that were enabled before and are now disabled.
    public let switchedOff: [ProviderID]
    /// Instances whose configuration changed, except for the kill switch.
    public let changed: [ProviderID]
    /// The ids of new clients.
    public let addedClients: [String]
    /// The ids of removed clients.
    public let removedClients: [String]
    /// The ids of clients whose configuration changed.
    public let changedClients: [String]
    /// Applied settings of the service, such as `server.limits.clientRate`.
    public let settings: [String]
    /// Settings that take effect only after a restart, whether this reload or an earlier one changed them.
    public let needingRestart: [String]

    /// The parts of the file that are not in effect, and why, in file order. They stay as they were.
    public let problems: [ConfigurationProblem]

    /// Whether nothing in effect has changed.
    public var isEmpty: Bool {
        [added, removed, switchedOn, switchedOff, changed].allSatisfy(\.isEmpty)
            && [addedClients, removedClients, changedClients, settings, needingRestart].allSatisfy(\.isEmpty)
    }

    init(
        from old: Configuration,
        to new: Configuration,
        settings: [String],
        needingRestart: [ConfigurationProblem],
        problems: [ConfigurationProblem] = []
    ) {
        let kept = new.providers.compactMap { entry in old[entry.id].map { (old: $0, new: entry) } }
        added = Self.ids(of: new.providers.filter { old[$0.id] == nil })
        removed = Self.ids(of: old.providers.filter { new[$0.id] == nil })
        switchedOn = Self.ids(of: kept.filter { !$0.old.isEnabled && $0.new.isEnabled }.map(\.new))
        switchedOff = Self.ids(of: kept.filter { $0.old.isEnabled && !$0.new.isEnabled }.map(\.new))
        changed = Self.ids(of: kept.filter { !$0.old.isAlike($0.new) }.map(\.new))
        let (before, after) = (Self.clients(of: old), Self.clients(of: new))
        addedClients = after.keys.filter { before[$0] == nil }.sorted()
        removedClients = before.keys.filter { after[$0] == nil }.sorted()
        changedClients = after.filter { before[$0.key] != nil && before[$0.key] != $0.value }.keys.sorted()
        self.settings = settings
        self.needingRestart = needingRestart.map(\.keyPath)
        self.problems = problems
    }

    private static func ids(of entries: [ProviderEntry]) -> [ProviderID] {
        entries.map(\.id).sorted { $0.rawValue < $1.rawValue }
    }

    private static func clients(of configuration: Configuration) -> [String: CheckedValue] {
        Dictionary(configuration.clients.map { ($0.id, $0.source.value) }) { first, _ in first }
    }
}

extension ProviderEntry {
    /// Whether both are configured alike, apart from the kill switch.
    fileprivate func isAlike(_ other: ProviderEntry) -> Bool {
        func rest(_ entry: ProviderEntry) -> [String: CheckedValue]? {
            entry.source.value.members?.filter { $0.key != "enabled" }
        }
        return rest(self) == rest(other)
    }
}

extension CheckedSettings {
    /// The innermost settings whose values differ from other settings of the same form. An omitted setting has its
    /// default.
    func differences(from other: CheckedSettings, of settings: [Setting]) -> [CheckedSettings] {
        settings.flatMap { setting -> [CheckedSettings] in
            let (old, new) = (other.value[setting.key], value[setting.key])
            let place = member(setting.key)
            if case .object(let members) = setting.form {
                return place.differences(from: other.member(setting.key), of: members)
            }
            let implied = setting.defaultValue
            return (old ?? implied)?.content == (new ?? implied)?.content ? [] : [place]
        }
    }
}

extension CheckedSettings {
    /// The contents of the innermost settings, by path. An omitted setting has its default.
    func contents(of settings: [Setting]) -> [String: CheckedValue.Content] {
        settings.reduce(into: [:]) { contents, setting in
            let place = member(setting.key)
            if case .object(let members) = setting.form {
                contents.merge(place.contents(of: members)) { first, _ in first }
            } else {
                contents[place.path.text] = (value[setting.key] ?? setting.defaultValue)?.content
            }
        }
    }
}

extension Setting {
    /// The default, as the checker would read it; nil if it depends on other settings.
    fileprivate var defaultValue: CheckedValue? {
        guard let defaultText, let root = try? YAMLReader(Array("value: \(defaultText)".utf8)).read(),
            let node = root.member("value")
        else { return nil }
        var checker = Checker(file: "", baseDirectory: "/")
        return checker.check(node, as: form, at: .document)
    }
}
