import IdentityBroker

/// One storage, and something that can be made to go wrong with it.
struct FaultBench: Sendable {
    let storage: StoreBench
    /// The calls that cannot succeed while it lasts.
    let stops: Set<StoreStep>
    /// Makes it go wrong, and returns what sets it right again.
    let inject: @Sendable () async throws -> @Sendable () async throws -> Void

    /// Makes one call while the fault lasts, and repairs the storage whatever comes of it.
    ///
    /// - Throws: ``Observation`` if the call is not over in time, or succeeds though the fault stops it.
    func attempt<Value: Sendable>(
        _ step: StoreStep,
        _ call: @escaping StoreCall<Value>.Body
    ) async throws -> StoreCall<Value> {
        let made = try await whileItLasts { try await storage.make(step.rawValue, call) }
        if case .returned(let value) = made, stops.contains(step) {
            throw Observation("\(step.rawValue) answered \(value), though it could not be done")
        }
        return made
    }

    /// Runs the body while the fault lasts, and repairs the storage whatever comes of it.
    func whileItLasts<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let repair = try await inject()
        let outcome = await Outcome(catching: body)
        try await repair()
        return try outcome.get()
    }
}
