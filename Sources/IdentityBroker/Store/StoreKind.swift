/// A kind of store that configuration can select.
public struct StoreKind: Sendable {
    /// The name that configuration gives under `kind:`.
    public let name: String
    /// What it stores and where, in a sentence or two.
    public let documentation: String
    /// Its settings, besides `kind`.
    public let settings: [Setting]
    /// Makes a store from settings that were checked against ``settings``.
    public let makeStore: @Sendable (any Decoder, StoreContext) throws -> any LoginStore

    /// Checks whether a store can be opened and used with these settings. Creates and changes nothing.
    public let check: Check

    /// A check of a store's settings. The flag says not to contact servers.
    ///
    /// It throws ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``, or ``BrokerError/Kind/unavailable`` if the
    /// same settings may work later.
    public typealias Check = @Sendable (any Decoder, StoreContext, _ isOffline: Bool) throws -> StoreInspection

    /// Describes a kind.
    public init(
        name: String,
        documentation: String,
        settings: [Setting] = [],
        check: @escaping Check = { _, _, _ in StoreInspection() },
        makeStore: @escaping @Sendable (any Decoder, StoreContext) throws -> any LoginStore
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
