/// Runs an operation to its end even if the calling task is cancelled meanwhile. For what must not be left half done: a
/// reservation, a verdict.
package func uncancelled<Value: Sendable, Failure: Error>(
    _ operation: @escaping @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value {
    let work: @Sendable () async -> Result<Value, Failure> = {
        do throws(Failure) { return .success(try await operation()) } catch { return .failure(error) }
    }
    // Begun on the caller's thread: what ends without waiting, as in memory, changes no thread at all.
    let task: Task<Result<Value, Failure>, Never> =
        if #available(macOS 26, iOS 26, *) { .immediate { await work() } } else { Task { await work() } }
    return try await task.value.get()
}
