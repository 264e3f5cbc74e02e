/// The result of a commit.
public enum RecordCommit: Sendable, Hashable {
    /// Everything was done. The consumed records are in the order of their operations.
    case done(consumed: [StoredRecord])
    /// Nothing was done, because of one operation.
    case refused(RecordRefusal)
}

/// Why a commit was refused: the first operation whose requirement was not met.
public struct RecordRefusal: Sendable, Hashable {
    /// The operation's index in the commit.
    public let operation: Int
    /// The record's version that was found; nil if there was no such record.
    public let found: Int?

    /// Creates a refusal.
    public init(operation: Int, found: Int?) {
        self.operation = operation
        self.found = found
    }
}
