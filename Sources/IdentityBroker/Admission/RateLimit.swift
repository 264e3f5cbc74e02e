/// How many logins may begin per interval.
public struct RateLimit: Sendable, Hashable {
    /// How many logins may begin per ``interval`` in the long run.
    public var logins: Int
    /// The interval that ``logins`` refers to.
    public var interval: Duration
    /// How many may begin at once after a quiet period.
    public var burst: Int

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - logins: At least 1.
    ///   - interval: Greater than zero.
    ///   - burst: At least 1; nil for as many as `logins`.
    public init(logins: Int, per interval: Duration, burst: Int? = nil) {
        self.logins = logins
        self.interval = interval
        self.burst = burst ?? logins
    }
}
