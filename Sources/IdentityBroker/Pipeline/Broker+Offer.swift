/// What the broker offers to those who present credentials to it.
extension Broker {
    /// The enabled instances, in the order given.
    package var enabledInstances: [ProviderInstance] { directory.withLock { $0.enabled } }

    /// The kinds of credentials that the enabled instances accept.
    package var credentialKinds: Set<CredentialKind> {
        directory.withLock { directory in
            Set(directory.ids.compactMap { directory[$0] }.filter(\.isEnabled).flatMap(\.credentialKinds))
        }
    }

    /// The kinds of credentials that an instance accepts, in the order of its manifest; nil if it does not exist or is
    /// disabled.
    package func credentialKinds(of id: ProviderID) -> [CredentialKind]? {
        entry(for: id).flatMap { $0.isEnabled ? $0.credentialKinds : nil }
    }

    /// The names of the parts that may travel with a credential of a kind to an instance; empty if it does not exist or takes
    /// none.
    package func credentialParts(of kind: CredentialKind, at id: ProviderID) -> [String] {
        let form = entry(for: id)?.instance.manifest.credentials.first { $0.kind == kind }
        return form?.parts.map(\.name) ?? []
    }

    /// The state of the instance of this id.
    package func standing(of id: ProviderID) -> ProviderStanding {
        guard let entry = entry(for: id) else { return .absent }
        return entry.isEnabled ? .enabled : .disabled
    }
}
