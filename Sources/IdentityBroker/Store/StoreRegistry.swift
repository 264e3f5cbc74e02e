/// The kinds of store that a program knows.
public struct StoreRegistry: Sendable {
    private var kinds: [String: StoreKind] = [:]

    /// The kind to use if configuration names none: the first one registered. Nil if there is none.
    public private(set) var defaultKind: StoreKind?

    /// Makes a registry of these kinds.
    ///
    /// - Throws: As ``register(_:)`` does.
    public init(_ kinds: [StoreKind] = []) throws(BrokerError) {
        for kind in kinds {
            try register(kind)
        }
    }

    /// Adds a kind.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the name is taken.
    public mutating func register(_ kind: StoreKind) throws(BrokerError) {
        guard kinds[kind.name] == nil else {
            throw .misconfigured("The store kind \(kind.name) is registered twice.")
        }
        kinds[kind.name] = kind
        if defaultKind == nil { defaultKind = kind }
    }

    /// The kind of this name.
    public subscript(name: String) -> StoreKind? { kinds[name] }

    /// All kinds, by name.
    public var all: [StoreKind] { kinds.values.sorted { $0.name < $1.name } }
}
