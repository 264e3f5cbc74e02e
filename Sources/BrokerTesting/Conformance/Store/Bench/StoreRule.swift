/// A rule of the kit for stores, before the store to check is known.
struct StoreRule<Bench: Sendable>: Sendable {
    let name: String
    let reason: String
    let check: @Sendable (Bench) async throws -> Void

    init(_ name: String, because reason: String, _ check: @escaping @Sendable (Bench) async throws -> Void) {
        self.name = name
        self.reason = reason
        self.check = check
    }
}
