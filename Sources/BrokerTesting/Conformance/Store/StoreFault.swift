/// A named fault of a storage.
public struct StoreFault<Storage: Sendable>: Sendable {
    /// Undoes the fault.
    public typealias Repair = @Sendable () async throws -> Void

    /// The fault in a few words that go after "while", such as `another process holds the write lock`.
    public let name: String
    /// The calls that cannot succeed during the fault. The others may fail or succeed.
    public let stops: Set<StoreStep>

    let inject: @Sendable (Storage) async throws -> Repair

    /// Creates a fault.
    ///
    /// - Parameters:
    ///   - name: The fault in a few words that go after "while".
    ///   - stops: The calls that cannot succeed during the fault.
    ///   - inject: Causes the fault, for stores that are already open, and returns a closure that undoes it.
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
