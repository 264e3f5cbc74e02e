/// When an upstream that keeps failing is left alone for a while.
public struct CircuitBreakerLimit: Sendable, Hashable {
    /// How many logins in a row have to fail of the upstream. A user's bad credential is no such failure.
    public var failures: Int
    /// For how long logins are then refused at once. After it one login tries whether the upstream has recovered.
    public var openFor: Duration

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - failures: At least 1.
    ///   - openFor: Longer than nothing.
    public init(failures: Int = 10, openFor: Duration = .seconds(10)) {
        self.failures = failures
        self.openFor = openFor
    }
}
