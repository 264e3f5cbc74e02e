/// How long a connection that could not be made is left alone: longer from one failure to the next, up to a bound, and
/// never for the same time on two replicas, which would all come back to a server at the same moment.
struct Backoff: Sendable {
    var first = Duration.milliseconds(100)
    var longest = Duration.seconds(2)

    /// - Parameters:
    ///   - failures: How many attempts have failed in a row, 1 or more.
    ///   - jitter: A random number from 0 to 1.
    func delay(afterFailures failures: Int, jitter: Double) -> Duration {
        let doublings = min(failures - 1, 20)
        let delay = min(longest, first * (1 << doublings))
        return delay / 2 + delay / 2 * jitter
    }
}
