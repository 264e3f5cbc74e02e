import IdentityBroker

/// The result of one call to a store.
enum StoreCall<Value: Sendable>: Sendable {
    typealias Body = @Sendable () async throws(StoreFailure) -> Value

    case returned(Value)
    case failed(StoreFailure)

    init(_ body: Body) async {
        do throws(StoreFailure) { self = .returned(try await body()) } catch { self = .failed(error) }
    }

    var failure: StoreFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}

extension StoreBench {
    /// Makes a call and waits for it no longer than the store's own limit.
    func make<Value: Sendable>(_ name: String, _ call: @escaping StoreCall<Value>.Body) async throws -> StoreCall<Value>
    {
        try await withTimeLimit(callLimit, of: name) { await StoreCall(call) }
    }

    /// Makes a call from a task that is canceled before the call, or at any moment later.
    func makeCancelled<Value: Sendable>(
        _ name: String,
        early: Bool,
        _ call: @escaping StoreCall<Value>.Body
    ) async throws -> StoreCall<Value> {
        let task = Task {
            if early { withUnsafeCurrentTask { $0?.cancel() } }
            return await StoreCall(call)
        }
        if !early { await Task.yield() }
        task.cancel()
        return try await withTimeLimit(callLimit, of: name) { await task.value }
    }
}
