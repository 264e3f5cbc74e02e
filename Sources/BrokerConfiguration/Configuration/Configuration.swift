public import IdentityBroker

/// A valid configuration: the provider instances, the store, and the service with its clients.
///
/// Nothing is made and no secret is read until it is asked for, so that what needs no secret works without. It is a
/// value: to reload is to read another, and to go on with the old one if that fails, as ``ConfigurationReloader`` does.
public struct Configuration: Sendable {
    /// The provider instances, in the order of the file.
    public let providers: [ProviderEntry]
    /// The service; nil if none is configured.
    public let server: ServerEntry?
    /// The clients, in the order of the file.
    public let clients: [ClientEntry]

    let store: StoreEntry

    /// The text that was read. It may contain a secret.
    let source: Secret

    /// The file that it was read from; nil for a text.
    public internal(set) var file: ConfigurationFile?

    /// The kind of store that is configured.
    public var storeKind: StoreKind { store.kind }

    /// For how long a credential that was presented is remembered: what a ``Broker`` is made with.
    public var retention: Duration { store.retention }

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - yaml: UTF-8 of at most 1 MiB.
    ///   - file: The file's name, as problems shall give it.
    ///   - baseDirectory: The absolute path of the directory that relative paths count from.
    ///   - providers: The provider types that the configuration may name.
    ///   - stores: The kinds of store that it may name. The first that was registered holds where it names none.
    /// - Throws: ``ConfigurationError`` with every problem there is, or with the one that hides the others, such as a
    ///   syntax error or a duplicate key.
    public init(
        yaml: some Sequence<UInt8>,
        file: String,
        baseDirectory: String,
        providers: ProviderRegistry,
        stores: StoreRegistry
    ) throws(ConfigurationError) {
        let bytes = Array(yaml)
        let root: SourceNode
        do {
            root = try YAMLReader(bytes).read()
        } catch {
            throw ConfigurationError(error, in: file)
        }
        var reader = DocumentReader(file: file, baseDirectory: baseDirectory, providers: providers, stores: stores)
        let entries = try reader.read(root)
        self.providers = entries.providers
        store = entries.store
        server = entries.server
        clients = entries.clients
        source = Secret(String(decoding: bytes, as: UTF8.self))
    }

    /// A configuration with other entries for some of its parts.
    init(_ other: Configuration, providers: [ProviderEntry], server: ServerEntry?, clients: [ClientEntry]) {
        self.providers = providers
        self.server = server
        self.clients = clients
        store = other.store
        source = other.source
        file = other.file
    }
}
