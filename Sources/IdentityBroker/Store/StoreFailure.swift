/// Why a store did not do what it was asked to.
public struct StoreFailure: Error, Sendable, Hashable {
    /// Whether the change may have been made anyway, as when a database's answer is lost.
    public var mayHaveHappened: Bool
    /// What happened, for the operator's log; contains no secret.
    public var message: String
    /// The kind of failure.
    public var reason: Reason

    /// Makes a failure.
    public init(_ message: String, mayHaveHappened: Bool, reason: Reason = .failed) {
        self.message = message
        self.mayHaveHappened = mayHaveHappened
        self.reason = reason
    }
}
