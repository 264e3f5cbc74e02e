import LoopbackServer

/// Runs an operation, and abandons it if it does not finish in time. An abandoned operation is canceled and not
/// awaited.
///
/// - Throws: What the operation throws; ``Observation`` if it was abandoned; `CancellationError` if the caller was
///   cancelled.
package func withTimeLimit<Value: Sendable>(
    _ limit: Duration,
    of name: String,
    _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let outcome = Monitor<Outcome<Value>?>(nil)
    let work = Task {
        let result = await Outcome(catching: operation)
        outcome.withState { $0 = $0 ?? result }
    }
    let alarm = Task {
        try await Task.sleep(for: limit)
        outcome.withState { $0 = $0 ?? .threw(Observation("\(name) did not finish within \(limit)")) }
    }
    defer {
        work.cancel()
        alarm.cancel()
    }
    return try await outcome.wait { $0 }.get()
}
