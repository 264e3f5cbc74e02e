import IdentityBroker

extension StoreFailure {
    /// What an operation's caller is told of an error, which may be a failure already.
    static func thrown(_ error: any Error, at path: String, mayHaveHappened: Bool) -> StoreFailure {
        let message = (error as? StoreFailure)?.message ?? "The SQLite store \(path) failed: \(error.reason)."
        return StoreFailure(message, mayHaveHappened: mayHaveHappened)
    }

    /// What the caller of an operation is told that is not done.
    static func refused(
        _ refusal: WriterQueue<PendingOperation>.Refusal,
        at path: String,
        mayHaveHappened: Bool = false
    ) -> StoreFailure {
        let reason =
            switch refusal {
            case .full: "has more to write than it can; its disk is too slow"
            case .hanging: "waits for its disk, which does not answer"
            case .closed: "is closed"
            }
        return StoreFailure("The SQLite store \(path) \(reason).", mayHaveHappened: mayHaveHappened)
    }
}
