/// When logins to a failing upstream are suspended.
public struct CircuitBreakerLimit: Sendable, Hashable {
    /// How many consecutive logins must fail because of the upstream. A user's bad credential does not count.
    public var failures: Int
    /// How long logins are then refused immediately. After that, one login tests whether the upstream has recovered.
    public var openFor: Duration

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - failures: At least 1.
    ///   - openFor: Greater than zero.
    public init(failures: Int = 10, openFor: Duration = .seconds(10)) {
        self.failures = failures
        self.openFor = openFor
    }
}
