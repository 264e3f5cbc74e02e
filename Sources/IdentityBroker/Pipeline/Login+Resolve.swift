/// A provider instance that may serve, as found by the first step.
struct ResolvedProvider: Sendable {
    let entry: ProviderDirectory.Entry
    let provider: any IdentityProvider

    var instance: ProviderInstance { entry.instance }
}

extension Login {
    /// Step 1: the instance exists and is enabled.
    mutating func resolve() throws(BrokerError) -> ResolvedProvider {
        entry = broker.entry(for: providerID)
        return try broker.resolve(providerID, entry)
    }

    /// Step 1 again, after the exchange: a switch thrown in the meantime wins, even if it was reverted (CVE-2026-1486,
    /// CVE-2026-3009: logins begun before a provider was disabled went through afterwards).
    ///
    /// - Returns: The instance's entry as it is now.
    @discardableResult
    func confirm(_ provider: ResolvedProvider) throws(BrokerError) -> ProviderDirectory.Entry {
        try broker.confirm(provider)
    }
}

extension Broker {
    /// The instance of this id, if it may serve.
    func resolve(_ id: ProviderID) throws(BrokerError) -> ResolvedProvider {
        try resolve(id, entry(for: id))
    }

    /// Refuses a login whose instance was switched since it began.
    ///
    /// - Returns: The instance's entry as it is now.
    @discardableResult
    func confirm(_ provider: ResolvedProvider) throws(BrokerError) -> ProviderDirectory.Entry {
        guard let now = entry(for: provider.instance.id), now.isEnabled, now.epoch == provider.entry.epoch else {
            throw .disabled
        }
        return now
    }

    fileprivate func resolve(
        _ id: ProviderID,
        _ entry: ProviderDirectory.Entry?
    ) throws(BrokerError) -> ResolvedProvider {
        guard let entry else {
            throw BrokerError(.unknownProvider, "There is no provider '\(id)'. Check its id.")
        }
        guard entry.isEnabled, let provider = entry.instance.provider else { throw .disabled }
        return ResolvedProvider(entry: entry, provider: provider)
    }
}

extension BrokerError {
    fileprivate static var disabled: BrokerError {
        BrokerError(.providerDisabled, "The provider is switched off.")
    }
}
