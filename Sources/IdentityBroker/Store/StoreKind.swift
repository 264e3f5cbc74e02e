public import Logging

/// A kind of store that configuration can select.
public struct StoreKind: Sendable {
    /// The name that configuration gives under `kind:`.
    public let name: String
    /// What it stores and where, in a sentence or two.
    public let documentation: String
    /// Its settings, besides `kind`.
    public let settings: [Setting]
    /// Makes a store from settings that were checked against ``settings``.
    public let makeStore: @Sendable (any Decoder, StoreContext) throws -> any BrokerStore

    /// Checks whether a store can be opened and used with these settings. Creates and changes nothing.
    public let check: Check

    /// A check of a store's settings, within a scope.
    ///
    /// It throws ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``, or ``BrokerError/Kind/unavailable`` if the
    /// same settings may work later.
    public typealias Check = @Sendable (any Decoder, StoreContext, StoreInspection.Scope) throws -> StoreInspection

    /// Describes a kind.
    public init(
        name: String,
        documentation: String,
        settings: [Setting] = [],
        check: @escaping Check = { _, _, _ in StoreInspection() },
        makeStore: @escaping @Sendable (any Decoder, StoreContext) throws -> any BrokerStore
    ) {
        self.check = check
        self.name = name
        self.documentation = documentation
        self.settings = settings
        self.makeStore = makeStore
    }

    /// ``MemoryStore``.
    public static let memory = StoreKind(
        name: "memory",
        documentation: "Keeps everything in memory, for one process and for as long as it runs.",
        makeStore: { _, _ in MemoryStore() }
    )
}

/// What a store is created with, besides its settings.
public struct StoreContext: Sendable {
    /// A logger for the store's events, not those of logins. It must not log data from users.
    public let logger: Logger
    /// How long opening the store may wait for others, such as a program that holds its lock.
    public let openingTimeout: Duration

    private let resolver: SecretResolver

    /// Makes a context.
    public init(
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() }),
        resolver: SecretResolver = .process,
        openingTimeout: Duration = Self.openingTimeout
    ) {
        self.openingTimeout = openingTimeout
        self.logger = logger
        self.resolver = resolver
    }

    /// How long opening a store may take by default: 5 seconds.
    public static let openingTimeout = Duration.seconds(5)

    /// Reads the secret that a setting refers to.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    public func resolve(_ reference: SecretReference) throws(BrokerError) -> Secret {
        try resolver.resolve(reference)
    }
}

/// The findings for a store that can be used as it is.
public struct StoreInspection: Sendable, Hashable {
    /// What to look up in a store while it is checked.
    public struct Scope: Sendable, Hashable {
        /// Whether not to contact servers.
        public let isOffline: Bool
        /// The records to read.
        public let records: [RecordKey]

        /// Sets a scope.
        public init(isOffline: Bool, records: [RecordKey] = []) {
            self.isOffline = isOffline
            self.records = records
        }
    }

    /// Those of the requested records that the store contains, as they will be once an update of its tables is over;
    /// empty if they were not looked up.
    public var records: [StoredRecord]
    /// What is allowed but unwise about the store, each in a sentence or two for an operator. Contains no secret.
    public var advice: [String]

    /// Makes a finding.
    public init(records: [StoredRecord] = [], advice: [String] = []) {
        self.records = records
        self.advice = advice
    }
}

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
