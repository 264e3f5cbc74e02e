import IdentityBroker

/// The bounds of a writer.
struct WriterLimits: Sendable {
    /// How many operations may wait for their transaction.
    var waiting = 10_000
    /// How many operations share a transaction at most.
    var batch = 1_000
    /// How long a transaction waits for another connection's lock: less than callers wait (``StoreAccess/timeout``), so that
    /// they hear of the lock, and not that nothing was heard.
    var busyTimeout = StoreAccess.timeout - .milliseconds(500)
    /// How long a transaction may take at least before the disk counts as hanging; twice as long at most. More than
    /// `busyTimeout`.
    var patience = Duration.seconds(10)
}
