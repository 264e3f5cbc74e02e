import GRDB

extension Error {
    /// What SQLite says of a failure, with its number. No value that was bound to a statement is in it.
    var reason: String {
        guard let error = self as? DatabaseError else { return "\(type(of: self))" }
        return "\(error.message ?? "failed") (SQLite \(error.extendedResultCode.rawValue))"
    }

    /// Whether a commit that failed so is known to have changed nothing.
    ///
    /// `SQLITE_FULL` is what a write to the log failed with. The frame that makes a transaction count is its last, and after it
    /// nothing is written; so it did not get there whole, and SQLite rolls back. That nothing is written after it holds where
    /// SQLite was built with `SQLITE_POWERSAFE_OVERWRITE=1`, its default: with 0 it fills the sector up with copies of the
    /// frame, and may fail at one of those.
    var isWithoutEffect: Bool {
        (self as? DatabaseError)?.resultCode == .SQLITE_FULL
    }
}

extension DatabaseError {
    /// Whether SQLite found that its files do not hold what it wrote to them.
    var isOfDamage: Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode) || extendedResultCode == .SQLITE_IOERR_SHORT_READ
    }
}
