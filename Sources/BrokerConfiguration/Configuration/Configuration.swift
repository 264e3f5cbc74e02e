import Foundation
public import IdentityBroker

/// A valid configuration: the provider instances, the store, and the service with its clients.
///
/// Nothing is made and no secret is read until it is needed, so that what needs no secret works without it. It is a
/// value: a reload reads another one, and keeps the old one if that fails, as ``ConfigurationReloader`` does.
public struct Configuration: Sendable {
    /// The provider instances, in file order.
    public let providers: [ProviderEntry]
    /// The service; nil if none is configured.
    public let server: ServerEntry?
    /// The clients, in file order.
    public let clients: [ClientEntry]

    let store: StoreEntry

    /// The text that was read. It may contain a secret.
    let source: Secret

    /// The file that it was read from; nil if it was read from a text.
    public internal(set) var file: ConfigurationFile?

    /// The configured kind of store.
    public var storeKind: StoreKind { store.kind }

    /// How long a presented credential is remembered; pass it to the ``Broker``.
    public var retention: Duration { store.retention }

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - yaml: UTF-8 of at most 1 MiB.
    ///   - file: The file's name, for problems.
    ///   - baseDirectory: The absolute path of the directory for relative paths.
    ///   - providers: The provider types that the configuration may name.
    ///   - stores: The kinds of store that it may name. The first one registered is the default.
    /// - Throws: ``ConfigurationError`` with every problem, or with one that hides the others, such as a syntax error
    ///   or a duplicate key.
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

extension Configuration {
    /// The configuration with another one's providers as well, whose ids differ.
    package func adding(providersOf other: Configuration) -> Configuration {
        Configuration(self, providers: providers + other.providers, server: server, clients: clients)
    }

    /// The provider instance of this id; nil if none is configured.
    public subscript(id: ProviderID) -> ProviderEntry? {
        providers.first { $0.id == id }
    }

    /// The provider instance of this id.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unknownProvider`` with the nearest id, or with all ids.
    public func entry(for id: ProviderID) throws(BrokerError) -> ProviderEntry {
        if let entry = self[id] { return entry }
        let advice = NearestName.advice(for: id.rawValue, among: providers.map(\.id.rawValue), known: "ids")
        throw BrokerError(.unknownProvider, "No provider instance has the id '\(id)'. \(advice)")
    }

    /// What the files contain that settings name.
    var documents: [CheckedValue] { providers.flatMap(\.source.documents).map(\.value) }

    /// The environment variables that secrets are read from.
    package var secretVariables: Set<String> {
        let sources =
            providers.map(\.source) + clients.map(\.source) + [store.source] + (server.map { [$0.source] } ?? [])
        return Set(
            sources.flatMap(\.secrets).compactMap { reference, _ in
                if case .environment(let name) = reference { name } else { nil }
            })
    }

    /// The name of the file without its directory.
    public var fileName: String {
        let file = store.source.file
        return file.lastIndex(of: "/").map { String(file[file.index(after: $0)...]) } ?? file
    }

    /// The directory in which a program with this configuration keeps its state: that of the store's file, or else that
    /// of the configuration.
    public var stateDirectory: String {
        Self.directory(of: store.filePath ?? store.source.file)
    }
}
