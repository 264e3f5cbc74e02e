import IdentityBroker

/// One storage, and a fault that can be caused in it.
struct FaultBench: Sendable {
    let storage: StoreBench
    /// The calls that cannot succeed during the fault.
    let stops: Set<StoreStep>
    /// Causes the fault, and returns a closure that undoes it.
    let inject: @Sendable () async throws -> @Sendable () async throws -> Void

    /// Makes one call during the fault, and repairs the storage whatever the result.
    ///
    /// - Throws: ``Observation`` if the call does not finish in time, or succeeds although the fault should prevent it.
    func attempt<Value: Sendable>(
        _ step: StoreStep,
        _ call: @escaping StoreCall<Value>.Body
    ) async throws -> StoreCall<Value> {
        let made = try await whileItLasts { try await storage.make(step.rawValue, call) }
        if case .returned(let value) = made, stops.contains(step) {
            throw Observation("\(step.rawValue) returned \(value), although the fault rules that out")
        }
        return made
    }

    /// Runs the body during the fault, and repairs the storage whatever the result.
    func whileItLasts<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let repair = try await inject()
        let outcome = await Outcome(catching: body)
        try await repair()
        return try outcome.get()
    }
}
