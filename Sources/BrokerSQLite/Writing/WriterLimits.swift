import IdentityBroker

/// The limits of a writer.
struct WriterLimits: Sendable {
    /// How many operations may wait for their transaction.
    var waiting = 10_000
    /// The maximum number of operations in a transaction.
    var batch = 1_000
    /// How long a transaction waits for another connection's lock: less than callers wait (``StoreAccess/timeout``), so
    /// that they learn of the lock instead of timing out.
    var busyTimeout = StoreAccess.timeout - .milliseconds(500)
    /// How long a transaction may take before the disk counts as hanging: at least this, at most twice as long. More
    /// than `busyTimeout`.
    var patience = Duration.seconds(10)
}
