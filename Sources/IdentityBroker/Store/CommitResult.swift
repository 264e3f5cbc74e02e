/// The result of a commit.
public enum CommitResult: Sendable, Hashable {
    /// Everything was done. The consumed records are in the order of their operations; the account is that of the sign-in,
    /// or nil if there was none.
    case done(consumed: [StoredRecord] = [], account: AccountID? = nil)
    /// Nothing was done, because of one operation.
    case refused(CommitRefusal)
}

/// Why a commit was refused: the first operation whose requirement was not met.
public struct CommitRefusal: Sendable, Hashable {
    /// The operation's index in the commit.
    public let operation: Int
    /// The version of the record that was found; nil if there was no such record, or the operation is about none.
    public let found: Int?

    /// Creates a refusal.
    public init(operation: Int, found: Int? = nil) {
        self.operation = operation
        self.found = found
    }
}
