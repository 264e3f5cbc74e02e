public import IdentityBroker

/// What a reload changed, each list in order.
///
/// An instance or a client whose secrets alone have changed is in none of the lists: that they were read again is all that
/// is known.
public struct ConfigurationChanges: Sendable, Hashable {
    /// Instances that are new.
    public let added: [ProviderID]
    /// Instances that are gone.
    public let removed: [ProviderID]
    /// Instances that were off and serve now.
    public let switchedOn: [ProviderID]
    /// Instances that served and are off now.
    public let switchedOff: [ProviderID]
    /// Instances of which the file says something else, other than the kill switch.
    public let changed: [ProviderID]
    /// Clients that are new, by their ids.
    public let addedClients: [String]
    /// Clients that are gone.
    public let removedClients: [String]
    /// Clients of which the file says something else.
    public let changedClients: [String]
    /// Settings of the service that were taken up, such as `server.limits.clientRate`.
    public let settings: [String]
    /// Settings that take effect only when the program is restarted, whether this reload changed them or an earlier one.
    public let needingRestart: [String]

    /// What of the file is not in effect, and why, in the order of the file. It stays as it was.
    public let problems: [ConfigurationProblem]

    /// Whether all that is in effect was so before.
    public var isEmpty: Bool {
        [added, removed, switchedOn, switchedOff, changed].allSatisfy(\.isEmpty)
            && [addedClients, removedClients, changedClients, settings, needingRestart].allSatisfy(\.isEmpty)
    }

    init(
        from old: Configuration,
        to new: Configuration,
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
        settings = new.serverSettingsTakenUp(since: old)
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
    /// Whether configuration says the same of both, their kill switch aside.
    fileprivate func isAlike(_ other: ProviderEntry) -> Bool {
        func rest(_ entry: ProviderEntry) -> [String: CheckedValue]? {
            entry.source.value.members?.filter { $0.key != "enabled" }
        }
        return rest(self) == rest(other)
    }
}
