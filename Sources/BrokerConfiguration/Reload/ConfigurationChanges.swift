public import IdentityBroker

/// What a reload changed, by the ids of the provider instances, each list in order.
///
/// An instance whose secrets alone have changed is in none of the lists: that they were read again is all that is known.
public struct ConfigurationChanges: Sendable, Hashable {
    /// Instances that are new.
    public let added: [ProviderID]
    /// Instances that are gone.
    public let removed: [ProviderID]
    /// Instances that were off and serve now.
    public let switchedOn: [ProviderID]
    /// Instances that served and are off now.
    public let switchedOff: [ProviderID]
    /// Instances of which the file says something else, their kill switch aside.
    public let changed: [ProviderID]

    /// Whether the file says of every instance what it said before.
    public var isEmpty: Bool {
        [added, removed, switchedOn, switchedOff, changed].allSatisfy(\.isEmpty)
    }

    init(from old: Configuration, to new: Configuration) {
        let kept = new.providers.compactMap { entry in old[entry.id].map { (old: $0, new: entry) } }
        added = Self.ids(of: new.providers.filter { old[$0.id] == nil })
        removed = Self.ids(of: old.providers.filter { new[$0.id] == nil })
        switchedOn = Self.ids(of: kept.filter { !$0.old.isEnabled && $0.new.isEnabled }.map(\.new))
        switchedOff = Self.ids(of: kept.filter { $0.old.isEnabled && !$0.new.isEnabled }.map(\.new))
        changed = Self.ids(of: kept.filter { !$0.old.isAlike($0.new) }.map(\.new))
    }

    private static func ids(of entries: [ProviderEntry]) -> [ProviderID] {
        entries.map(\.id).sorted { $0.rawValue < $1.rawValue }
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
