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

    /// The settings of the kind under `stores:`.
    private var settings: [String: CheckedValue]? {
        source.value.members?.filter { key, _ in kind.settings.contains { $0.key == key } }
    }

    /// Looks at the store, and says what stands against opening it.
    func inspect(resolver: SecretResolver, isOffline: Bool) throws(ConfigurationError) -> StoreInspection {
        let unresolved = source.unresolvedSecrets(by: resolver)
        guard unresolved.isEmpty else { throw ConfigurationError(problems: unresolved) }
        do {
            return try kind.check(source.decoder, StoreContext(resolver: resolver), isOffline)
        } catch {
            throw ConfigurationError(problems: [source.problem(for: error)])
        }
    }

    /// What can be compared with another store's.
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
