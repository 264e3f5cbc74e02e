import IdentityBroker

/// The configured store.
struct StoreEntry: Sendable {
    let kind: StoreKind
    /// How long a presented credential is remembered.
    let retention: Duration
    let source: CheckedSettings

    /// Whether both are configured alike, regardless of spelling.
    func isAlike(_ other: StoreEntry) -> Bool {
        kind.name == other.kind.name && retention == other.retention && settings == other.settings
    }

    /// The kind's settings under `stores:`.
    private var settings: [String: CheckedValue]? {
        source.value.members?.filter { key, _ in kind.settings.contains { $0.key == key } }
    }

    /// Examines the store, and throws what prevents opening it.
    func inspect(
        _ scope: StoreInspection.Scope,
        resolver: SecretResolver
    ) throws(ConfigurationError) -> StoreInspection {
        let unresolved = source.unresolvedSecrets(by: resolver)
        guard unresolved.isEmpty else { throw ConfigurationError(problems: unresolved) }
        do {
            return try kind.check(source.decoder, StoreContext(resolver: resolver), scope)
        } catch {
            throw ConfigurationError(problems: [source.problem(for: error)])
        }
    }

    /// What to compare with another store.
    var comparable: [String: CheckedValue] {
        var members = settings ?? [:]
        members["kind"] = CheckedValue(content: .text(kind.name), position: source.value.position)
        members["retention"] = CheckedValue(content: .duration(retention), position: source.value.position)
        return members
    }

    /// The path of the store's file, if its kind has one.
    var filePath: String? {
        kind.settings.lazy.filter { $0.form == .path }.compactMap { source.value[$0.key]?.text }.first
    }

    func makeStore(in context: StoreContext, resolver: SecretResolver) throws(ConfigurationError) -> any BrokerStore {
        do {
            return try kind.makeStore(source.decoder, context)
        } catch {
            // As with a provider: a kind stops at the first missing secret.
            let unresolved = source.unresolvedSecrets(by: resolver)
            throw ConfigurationError(problems: unresolved.isEmpty ? [source.problem(for: error)] : unresolved)
        }
    }
}
