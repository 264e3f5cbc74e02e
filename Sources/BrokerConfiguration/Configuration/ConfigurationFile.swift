public import IdentityBroker

/// A configuration file, and the types and kinds that it may name.
public struct ConfigurationFile: Sendable {
    /// The file's path.
    public let path: String
    /// The provider types that it may name.
    public let providers: ProviderRegistry
    /// The kinds of store that it may name. The first one registered is the default.
    public let stores: StoreRegistry

    /// Names a file without reading it.
    public init(_ path: String, providers: ProviderRegistry, stores: StoreRegistry) {
        self.path = path
        self.providers = providers
        self.stores = stores
    }

    /// Reads the current file.
    ///
    /// - Throws: As ``Configuration/load(contentsOf:providers:stores:)`` does.
    public func load() throws(ConfigurationError) -> Configuration {
        try Configuration(read(), from: self)
    }
}
