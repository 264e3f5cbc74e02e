import IdentityBroker

/// Turns a document's tree into checked entries.
struct DocumentReader {
    private let providers: ProviderRegistry
    private let stores: StoreRegistry
    private var checker: Checker

    init(file: String, baseDirectory: String, providers: ProviderRegistry, stores: StoreRegistry) {
        self.providers = providers
        self.stores = stores
        checker = Checker(file: file, baseDirectory: baseDirectory)
    }

    mutating func read(_ root: SourceNode) throws(ConfigurationError) -> (providers: [ProviderEntry], store: StoreEntry)
    {
        let members = checker.checkDocument(root, providers: providers, stores: stores)
        let document = CheckedSettings(
            file: checker.file,
            path: .document,
            value: CheckedValue(content: .object(members ?? [:]), position: root.position)
        )
        let entries = providerEntries(in: document.member("providers"))
        let store = storeEntry(in: document)
        guard let store, checker.problems.isEmpty else {
            throw ConfigurationError(
                problems: checker.problems.sorted { ($0.position ?? .start) < ($1.position ?? .start) })
        }
        return (entries, store)
    }

    private mutating func providerEntries(in instances: CheckedSettings) -> [ProviderEntry] {
        let members = (instances.value.members ?? [:]).sorted { $0.value.position < $1.value.position }
        return members.compactMap { key, value in
            let source = instances.member(key)
            let limits = checker.limits(source.member("limits"))
            let network = checker.network(source.member("network"))
            guard let id = ProviderID(key), let registration = value["type"]?.text.flatMap({ providers[$0] }) else {
                return nil
            }
            return ProviderEntry(
                id: id,
                displayName: value["displayName"]?.text ?? registration.manifest.displayName,
                isEnabled: value["enabled"]?.boolean ?? true,
                limits: limits,
                network: network,
                registration: registration,
                source: source
            )
        }
    }

    /// The store, or nil where problems were found.
    private mutating func storeEntry(in document: CheckedSettings) -> StoreEntry? {
        guard let store = document.value["stores"] else {
            let kind = stores[StoreSettings.defaultKind]
            if kind == nil, checker.problems.isEmpty {
                let kinds = stores.all.map(\.name).joined(separator: ", ")
                let message = "'stores' is missing. Choose a kind of store, one of \(kinds)."
                checker.report(.missingKey, at: document.value.position, document.member("stores").path, message)
            }
            return kind.map { StoreEntry(kind: $0, source: document.member("stores")) }
        }
        let kind = store["kind"]?.text.flatMap { stores[$0] }
        return kind.map { StoreEntry(kind: $0, source: document.member("stores")) }
    }
}
