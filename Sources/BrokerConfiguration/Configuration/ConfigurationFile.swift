public import IdentityBroker

/// A configuration file, and what may be named in it.
public struct ConfigurationFile: Sendable {
    /// The file's path.
    public let path: String
    /// The provider types that it may name.
    public let providers: ProviderRegistry
    /// The kinds of store that it may name. The first that was registered holds where it names none.
    public let stores: StoreRegistry

    /// Names a file. It is not read yet.
    public init(_ path: String, providers: ProviderRegistry, stores: StoreRegistry) {
        self.path = path
        self.providers = providers
        self.stores = stores
    }

    /// Reads the file as it is now.
    ///
    /// - Throws: As ``Configuration/load(contentsOf:providers:stores:)`` does.
    public func load() throws(ConfigurationError) -> Configuration {
        try Configuration.load(contentsOf: path, providers: providers, stores: stores)
    }
}
