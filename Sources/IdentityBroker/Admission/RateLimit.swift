/// How many logins may begin within a time.
public struct RateLimit: Sendable, Hashable {
    /// How many logins may begin each ``interval`` in the long run.
    public var logins: Int
    /// The time that ``logins`` is about.
    public var interval: Duration
    /// How many may begin at once after a quiet time.
    public var burst: Int

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - logins: At least 1.
    ///   - interval: Longer than nothing.
    ///   - burst: At least 1; nil for as many as `logins`.
    public init(logins: Int, per interval: Duration, burst: Int? = nil) {
        self.logins = logins
        self.interval = interval
        self.burst = burst ?? logins
    }
}
