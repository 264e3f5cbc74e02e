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

    mutating func read(_ root: SourceNode) throws(ConfigurationError) -> DocumentEntries {
        let members = checker.checkDocument(root, providers: providers, stores: stores)
        let document = CheckedSettings(
            file: checker.file,
            path: .document,
            value: CheckedValue(content: .object(members ?? [:]), position: root.position)
        )
        let entries = providerEntries(in: document.member("providers"))
        let server = checker.server(document.member("server"), in: document)
        let clients = checker.clients(
            document.member("clients"), providers: Set(root.member("providers")?.members?.map(\.key) ?? []))
        guard let store = storeEntry(in: document), checker.problems.isEmpty else {
            throw ConfigurationError(
                problems: checker.problems.inFileOrder(after: checker.file))
        }
        return DocumentEntries(providers: entries, store: store, server: server, clients: clients)
    }

    private mutating func providerEntries(in instances: CheckedSettings) -> [ProviderEntry] {
        let members = (instances.value.members ?? [:]).sorted { $0.value.position < $1.value.position }
        return members.compactMap { key, value in
            let source = instances.member(key)
            let limits = checker.limits(source.member("limits"))
            let network = checker.network(source.member("network"))
            let identityPolicy = checker.identityPolicy(of: source)
            guard let id = ProviderID(key), let kind = value["type"]?.text.flatMap({ providers[$0] }) else {
                return nil
            }
            return ProviderEntry(
                id: id,
                displayName: value["displayName"]?.text ?? kind.manifest.displayName,
                isEnabled: value["enabled"]?.boolean ?? true,
                limits: limits,
                network: network,
                identityPolicy: identityPolicy,
                kind: kind,
                source: source
            )
        }
    }

    /// The store; nil if problems were found.
    private mutating func storeEntry(in document: CheckedSettings) -> StoreEntry? {
        guard let value = document.value["stores"] else { return nil }
        let source = document.member("stores")
        let retention = retention(in: source)
        let kind = value["kind"]?.text.flatMap { stores[$0] } ?? stores.defaultKind
        return kind.map { StoreEntry(kind: $0, retention: retention, source: source) }
    }

    /// How long the store remembers a credential.
    private mutating func retention(in store: CheckedSettings) -> Duration {
        guard let retention = store.value["retention"]?.duration else { return StoreSettings.defaultRetention }
        if !StoreSettings.retentions.contains(retention) {
            checker.report(store.member("retention"), "Expected a time from 10m to 720h.")
        }
        return retention
    }
}

/// The contents of a fully checked document.
struct DocumentEntries: Sendable {
    let providers: [ProviderEntry]
    let store: StoreEntry
    let server: ServerEntry?
    let clients: [ClientEntry]
}
