public import IdentityBroker

/// What the author of a store passes to ``StoreConformance``.
///
/// ```swift
/// struct MemoryStoreFixture: StoreFixture {
///     func makeStorage() -> MemoryStore { MemoryStore() }
///     func open(_ storage: MemoryStore) -> any BrokerStore { storage }
/// }
/// ```
public protocol StoreFixture: Sendable {
    /// Where one store keeps its data: a file, a schema in a database, or the store itself if it keeps everything in
    /// memory.
    associatedtype Storage: Sendable

    /// Whether the storage outlives the store that was opened on it, and any number of stores may be open on it at
    /// once. If so, the kit opens it repeatedly, as processes do; if not, once for each rule. By default it does not.
    var isShared: Bool { get }

    /// The smallest time difference that the store keeps. By default a microsecond.
    var timeResolution: Duration { get }

    /// The time within which every call finishes, whatever is wrong with the storage. By default 30 seconds.
    var callLimit: Duration { get }

    /// The faults that can be caused in the storage. By default none, so that the store's behavior under faults stays
    /// unchecked.
    var faults: [StoreFault<Storage>] { get }

    /// Prepares an empty storage that no one else uses.
    func makeStorage() async throws -> Storage

    /// Opens a store on the storage.
    func open(_ storage: Storage) async throws -> any BrokerStore

    /// Removes the storage. No store opened on it is used afterwards. By default it does nothing.
    func remove(_ storage: Storage) async throws
}

extension StoreFixture {
    /// False: each rule opens its storage once.
    public var isShared: Bool { false }

    /// A microsecond.
    public var timeResolution: Duration { .microseconds(1) }

    /// 30 seconds.
    public var callLimit: Duration { .seconds(30) }

    /// None.
    public var faults: [StoreFault<Storage>] { [] }

    /// Does nothing.
    public func remove(_ storage: Storage) async throws {}
}
