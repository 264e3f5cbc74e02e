/// How long to pause after a failed connection attempt: increasing with each failure, up to a limit, and never the same
/// on two replicas, which would otherwise return to a server at the same moment.
struct Backoff: Sendable {
    var first = Duration.milliseconds(100)
    var longest = Duration.seconds(2)

    /// - Parameters:
    ///   - failures: How many consecutive attempts have failed, at least 1.
    ///   - jitter: A random number from 0 to 1.
    func delay(afterFailures failures: Int, jitter: Double) -> Duration {
        let doublings = min(failures - 1, 20)
        let delay = min(longest, first * (1 << doublings))
        return delay / 2 + delay / 2 * jitter
    }
}
