/// The provider types that a program knows, by the name that configuration gives under `type:`.
public struct ProviderRegistry: Sendable {
    private var registrations: [String: ProviderRegistration] = [:]

    /// Makes a registry of these types.
    ///
    /// - Throws: As ``register(_:)`` does.
    public init(_ types: [any IdentityProvider.Type] = []) throws(BrokerError) {
        for type in types {
            try register(type)
        }
    }

    /// Adds a type.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the name is taken or is none, or if the
    ///   manifest promises an ability that the type has not, or hides one that it has.
    public mutating func register(_ type: any IdentityProvider.Type) throws(BrokerError) {
        let registration = try ProviderRegistration(type)
        let name = registration.manifest.type
        guard registrations[name] == nil else {
            throw .misconfigured("The provider type \(name) is registered twice.")
        }
        registrations[name] = registration
    }

    /// The type of this name.
    public subscript(type: String) -> ProviderRegistration? { registrations[type] }

    /// All types, by name.
    public var all: [ProviderRegistration] {
        registrations.values.sorted { $0.manifest.type < $1.manifest.type }
    }
}
