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
