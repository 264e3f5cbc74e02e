import IdentityBroker

/// The store as configuration describes it.
struct StoreEntry: Sendable {
    let kind: StoreKind
    /// For how long a credential that was presented is remembered.
    let retention: Duration
    let source: CheckedSettings

    /// Whether configuration says the same of both, in however many words.
    func isAlike(_ other: StoreEntry) -> Bool {
        kind.name == other.kind.name && retention == other.retention && settings == other.settings
    }

    /// What stands under `stores:` for the kind.
    private var settings: [String: CheckedValue]? {
        source.value.members?.filter { key, _ in kind.settings.contains { $0.key == key } }
    }

    func makeStore(in context: StoreContext, resolver: SecretResolver) throws(ConfigurationError) -> any LoginStore {
        do {
            return try kind.makeStore(source.decoder, context)
        } catch {
            // As with a provider: a kind stops at the first secret that it misses.
            let unresolved = source.unresolvedSecrets(by: resolver)
            throw ConfigurationError(problems: unresolved.isEmpty ? [source.problem(for: error)] : unresolved)
        }
    }
}
