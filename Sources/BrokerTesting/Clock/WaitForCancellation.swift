/// Returns when the task is cancelled, and never before.
package func waitForCancellation() async {
    let (nothing, end) = AsyncStream<Never>.makeStream()
    for await _ in nothing {}
    end.finish()
}
