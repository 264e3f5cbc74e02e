/// A provider instance that may serve, as the first step found it.
struct ResolvedProvider: Sendable {
    let entry: ProviderDirectory.Entry
    let provider: any IdentityProvider

    var instance: ProviderInstance { entry.instance }
}

extension Login {
    /// Step 1: the instance exists and is switched on.
    mutating func resolve() throws(BrokerError) -> ResolvedProvider {
        guard let entry = broker.entry(for: providerID) else {
            throw BrokerError(.unknownProvider, "There is no provider '\(providerID)'. Check its id.")
        }
        self.entry = entry
        guard entry.isEnabled, let provider = entry.instance.provider else { throw Self.disabled }
        return ResolvedProvider(entry: entry, provider: provider)
    }

    /// Step 1 again, after the exchange: a switch thrown meanwhile wins, even if it was thrown back (CVE-2026-1486,
    /// CVE-2026-3009: logins begun before a provider was disabled went through afterwards).
    func confirm(_ provider: ResolvedProvider) throws(BrokerError) {
        guard let now = broker.entry(for: providerID), now.isEnabled, now.epoch == provider.entry.epoch else {
            throw Self.disabled
        }
    }

    private static var disabled: BrokerError {
        BrokerError(.providerDisabled, "The provider is switched off.")
    }
}
