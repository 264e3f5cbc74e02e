/// Something that goes wrong with a storage, under a name.
public struct StoreFault<Storage: Sendable>: Sendable {
    /// Sets right what was made to go wrong.
    public typealias Repair = @Sendable () async throws -> Void

    /// The fault in a few words that go after "while", such as `another process holds the write lock`.
    public let name: String
    /// The calls that cannot succeed while it lasts. The others may fail as well, or may not.
    public let stops: Set<StoreStep>

    let inject: @Sendable (Storage) async throws -> Repair

    /// Makes a fault.
    ///
    /// - Parameters:
    ///   - name: The fault in a few words that go after "while".
    ///   - stops: The calls that cannot succeed while it lasts.
    ///   - inject: Makes it go wrong, for stores that are open already, and returns what sets it right again.
    public init(
        _ name: String,
        stops: Set<StoreStep> = Set(StoreStep.allCases),
        inject: @escaping @Sendable (Storage) async throws -> Repair
    ) {
        self.name = name
        self.stops = stops
        self.inject = inject
    }
}
