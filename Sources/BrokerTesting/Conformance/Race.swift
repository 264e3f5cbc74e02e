import LoopbackServer

/// Starts this many callers at the same moment, and returns their results, in no particular order.
func race<Value: Sendable>(
    _ count: Int,
    _ body: @escaping @Sendable (Int) async throws -> Value
) async throws -> [Value] {
    let start = Turnstile()
    return try await withThrowingTaskGroup(of: Value.self) { group in
        for number in 0..<count {
            group.addTask {
                try await start.pass()
                return try await body(number)
            }
        }
        try await start.waitUntilHeld(count)
        start.open()
        return try await group.reduce(into: []) { $0.append($1) }
    }
}

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

/// The result of an operation, kept until the cleanup is done.
enum Outcome<Value: Sendable>: Sendable {
    case returned(Value)
    case threw(any Error)

    init(catching body: () async throws -> Value) async {
        do { self = .returned(try await body()) } catch { self = .threw(error) }
    }

    func get() throws -> Value {
        switch self {
        case .returned(let value): return value
        case .threw(let error): throw error
        }
    }
}
