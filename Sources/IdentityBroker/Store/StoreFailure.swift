/// Why a store did not do what it was asked.
public struct StoreFailure: Error, Sendable, Hashable {
    /// Whether the change can have been made nevertheless, as when the answer of a database is lost.
    public var mayHaveHappened: Bool
    /// What happened, for the operator's log; no secret in it.
    public var message: String
    /// What kind of failure it is.
    public var reason: Reason

    /// Makes a failure.
    public init(_ message: String, mayHaveHappened: Bool, reason: Reason = .failed) {
        self.message = message
        self.mayHaveHappened = mayHaveHappened
        self.reason = reason
    }
}
