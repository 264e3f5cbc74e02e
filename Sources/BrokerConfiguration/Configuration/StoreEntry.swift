import IdentityBroker

/// The store as configuration describes it.
struct StoreEntry: Sendable {
    let kind: StoreKind
    let source: CheckedSettings

    func makeStore() throws(ConfigurationError) -> any LoginStore {
        do {
            return try kind.makeStore(source.decoder)
        } catch {
            throw ConfigurationError(problems: [source.problem(for: error)])
        }
    }
}
