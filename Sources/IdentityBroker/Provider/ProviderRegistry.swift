/// The provider types that a program knows, by the name that configuration gives under `type:`.
public struct ProviderRegistry: Sendable {
    private var kinds: [String: ProviderKind] = [:]

    /// Makes a registry of these kinds.
    ///
    /// - Throws: As ``register(_:)`` does.
    public init(_ kinds: [ProviderKind] = []) throws(BrokerError) {
        for kind in kinds { try register(kind) }
    }

    /// Makes a registry of these Swift types.
    ///
    /// - Throws: As ``register(_:)`` does.
    public init(_ types: [any IdentityProvider.Type]) throws(BrokerError) {
        try self.init(types.map { ProviderKind(erasing: $0) })
    }

    /// Adds a kind.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if its name is taken or invalid, or the
    ///   name of a credential kind is invalid.
    public mutating func register(_ kind: ProviderKind) throws(BrokerError) {
        let name = kind.manifest.type
        guard ProviderID(name) != nil else {
            throw .misconfigured("'\(name)' is not a valid name for a provider type: [a-z][a-z0-9-]*.")
        }
        guard kinds[name] == nil else {
            throw .misconfigured("The provider type \(name) is registered twice.")
        }
        for form in kind.manifest.credentials where !form.kind.isIdentifiable {
            throw .misconfigured(
                "The provider type \(name) names a credential kind '\(form.kind.rawValue)': [a-z][a-z0-9_]*, and not 'code'."
            )
        }
        kinds[name] = kind
    }

    /// The kind of this name.
    public subscript(type: String) -> ProviderKind? { kinds[type] }

    /// All kinds, by name.
    public var all: [ProviderKind] {
        kinds.values.sorted { $0.manifest.type < $1.manifest.type }
    }
}

extension ProviderKind {
    /// The same, for a type known only at run time.
    public init(erasing type: any IdentityProvider.Type) {
        func kind<Provider: IdentityProvider>(_ type: Provider.Type) -> ProviderKind { ProviderKind(type) }
        self = kind(type)
    }
}
