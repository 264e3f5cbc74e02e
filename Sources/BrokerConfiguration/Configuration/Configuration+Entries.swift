public import IdentityBroker

extension Configuration {
    /// The provider instance of this id; nil if none is configured.
    public subscript(id: ProviderID) -> ProviderEntry? {
        providers.first { $0.id == id }
    }

    /// The provider instance of this id.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unknownProvider`` with the nearest id, or with all ids.
    public func entry(for id: ProviderID) throws(BrokerError) -> ProviderEntry {
        if let entry = self[id] { return entry }
        let ids = providers.map(\.id.rawValue)
        let advice =
            NearestName.of(id.rawValue, among: ids).map { "Did you mean '\($0)'?" }
            ?? "Known ids: \(ids.isEmpty ? "none" : ids.joined(separator: ", "))."
        throw BrokerError(.unknownProvider, "No provider instance has the id '\(id)'. \(advice)")
    }
}
