/// The instances that a broker serves, and which of them are disabled.
struct ProviderDirectory: Sendable {
    /// One instance at one moment. A class, since a login passes it from step to step, and each copy would copy the
    /// manifest.
    final class Entry: Sendable {
        let instance: ProviderInstance
        let admission: Admission
        /// What this instance's logins share. A successor has its own.
        let sharedValues: SharedValues
        /// Changes with every switch, so that a login notices at its end one thrown in the middle.
        let epoch: UInt64
        /// Whether it was disabled while the broker ran, whatever its configuration says.
        let isSwitchedOff: Bool

        fileprivate init(
            _ instance: ProviderInstance,
            _ admission: Admission,
            _ sharedValues: SharedValues,
            epoch: UInt64,
            isSwitchedOff: Bool
        ) {
            self.instance = instance
            self.admission = admission
            self.sharedValues = sharedValues
            self.epoch = epoch
            self.isSwitchedOff = isSwitchedOff
        }

        var isEnabled: Bool { instance.isEnabled && !isSwitchedOff }

        /// The kinds of credential that the instance accepts from callers, which excludes the code of a redirect.
        var credentialKinds: [CredentialKind] {
            instance.manifest.presentableKinds
        }

        /// Whether a login that began with this entry may end with the other one.
        fileprivate func goesOn(as other: ProviderInstance) -> Bool {
            isEnabled && other.isEnabled && instance.manifest.type == other.manifest.type
                && instance.issuer == other.issuer
        }
    }

    private var entries: [ProviderID: Entry] = [:]
    /// The ids in the order in which the instances were given.
    private var order: [ProviderID] = []
    /// Never reused, so that an instance that was removed and added again is a different one.
    private var lastEpoch: UInt64 = 0
    private let makeSharedValues: @Sendable (ProviderInstance) -> SharedValues

    /// - Parameter makeSharedValues: Creates the values that an instance's logins share.
    init(
        _ instances: [ProviderInstance],
        at now: Duration,
        sharing makeSharedValues: @escaping @Sendable (ProviderInstance) -> SharedValues
    ) throws(BrokerError) {
        self.makeSharedValues = makeSharedValues
        try replace(with: instances, at: now)
    }

    var ids: [ProviderID] { entries.keys.sorted { $0.rawValue < $1.rawValue } }

    var sharedValues: [SharedValues] { entries.values.map(\.sharedValues) }

    subscript(id: ProviderID) -> Entry? { entries[id] }

    /// The enabled instances, in the order given.
    var enabled: [ProviderInstance] {
        order.compactMap { entries[$0] }.filter(\.isEnabled).map(\.instance)
    }

    /// Enables or disables an instance. One that was created disabled has no provider and stays disabled.
    ///
    /// - Returns: Whether the instance exists.
    mutating func setEnabled(_ isEnabled: Bool, for id: ProviderID) -> Bool {
        guard let old = entries[id] else { return false }
        // Repeating the current state is no switch, and must not fail the logins under way.
        let isSwitch = old.isEnabled != (old.instance.isEnabled && isEnabled)
        entries[id] = Entry(
            old.instance,
            old.admission,
            old.sharedValues,
            epoch: isSwitch ? nextEpoch() : old.epoch,
            isSwitchedOff: !isEnabled
        )
        return true
    }

    /// Replaces all instances except the kept ones by these. Limits and switches carry over.
    ///
    /// - Returns: What the logins of the replaced instances share, to be retired.
    @discardableResult
    mutating func replace(
        with instances: [ProviderInstance],
        keeping kept: Set<ProviderID> = [],
        at now: Duration
    ) throws(BrokerError) -> [SharedValues] {
        var ids = kept
        for instance in instances where !ids.insert(instance.id).inserted {
            throw .misconfigured("Two provider instances have the id \(instance.id).")
        }
        var new = entries.filter { kept.contains($0.key) }
        for instance in instances { new[instance.id] = successor(of: entries[instance.id], instance, at: now) }
        var order = instances.map(\.id)
        // A kept instance keeps its position.
        for (place, id) in self.order.enumerated() where kept.contains(id) {
            order.insert(id, at: min(place, order.count))
        }
        self.order = order
        defer { entries = new }
        return entries.filter { !kept.contains($0.key) }.map(\.value.sharedValues)
    }

    private mutating func successor(of old: Entry?, _ instance: ProviderInstance, at now: Duration) -> Entry {
        guard let old else {
            let admission = Admission(instance.id, instance.limits, at: now)
            return Entry(
                instance, admission, makeSharedValues(instance), epoch: nextEpoch(), isSwitchedOff: false)
        }
        old.admission.adopt(instance.limits, at: now)
        return Entry(
            instance,
            old.admission,
            makeSharedValues(instance),
            epoch: old.goesOn(as: instance) ? old.epoch : nextEpoch(),
            isSwitchedOff: old.isSwitchedOff
        )
    }

    private mutating func nextEpoch() -> UInt64 {
        lastEpoch += 1
        return lastEpoch
    }
}

/// The state of an instance, for what was begun with it.
package enum ProviderStanding: Sendable, Hashable {
    /// It serves.
    case enabled
    /// It is disabled, and may be enabled again.
    case disabled
    /// It is not configured.
    case absent
}
