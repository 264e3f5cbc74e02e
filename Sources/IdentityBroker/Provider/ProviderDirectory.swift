/// The instances that a broker serves, and which of them are switched off.
struct ProviderDirectory: Sendable {
    /// One instance as it stood at one moment.
    struct Entry: Sendable {
        let instance: ProviderInstance
        let admission: Admission
        /// Grows with every switch, so that one thrown in the middle of a login is noticed at its end.
        fileprivate(set) var epoch: UInt64 = 0
        fileprivate(set) var isEnabled: Bool
    }

    private var entries: [ProviderID: Entry] = [:]

    init(_ instances: [ProviderInstance]) throws(BrokerError) {
        for instance in instances {
            let entry = Entry(
                instance: instance,
                admission: Admission(instance.limits),
                isEnabled: instance.isEnabled
            )
            guard entries.updateValue(entry, forKey: instance.id) == nil else {
                throw .misconfigured("Two provider instances have the id \(instance.id).")
            }
        }
    }

    var ids: [ProviderID] { entries.keys.sorted { $0.rawValue < $1.rawValue } }

    subscript(id: ProviderID) -> Entry? { entries[id] }

    /// Switches an instance on or off. One that was made switched off has no provider and stays off.
    ///
    /// - Returns: Whether there is such an instance.
    mutating func setEnabled(_ isEnabled: Bool, for id: ProviderID) -> Bool {
        guard var entry = entries[id] else { return false }
        let isEnabled = isEnabled && entry.instance.isEnabled
        // Who says again what holds already throws no switch, and must not fail the logins under way.
        guard entry.isEnabled != isEnabled else { return true }
        entry.isEnabled = isEnabled
        entry.epoch += 1
        entries[id] = entry
        return true
    }
}
