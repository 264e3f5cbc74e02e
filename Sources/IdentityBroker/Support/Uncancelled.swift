/// Runs an operation to its end even if the calling task is cancelled meanwhile. For what must not be left half done: a
/// reservation, a verdict.
package func uncancelled<Value: Sendable, Failure: Error>(
    _ operation: @escaping @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value {
    let task = Task { () async -> Result<Value, Failure> in
        do throws(Failure) { return .success(try await operation()) } catch { return .failure(error) }
    }
    return try await task.value.get()
}
