import GRDB

extension Error {
    /// SQLite's message for a failure, with its code. It contains no value that was bound to a statement.
    var reason: String {
        guard let error = self as? DatabaseError else { return "\(type(of: self))" }
        return "\(error.message ?? "failed") (SQLite \(error.extendedResultCode.rawValue))"
    }

    /// Whether a commit that failed this way is known to have changed nothing.
    ///
    /// `SQLITE_FULL` is a failed write to the log. The frame that makes a transaction count is its last, and nothing is
    /// written after it; so it was not written completely, and SQLite rolls back. That nothing follows it depends on
    /// SQLite being built with `SQLITE_POWERSAFE_OVERWRITE=1`, its default: with 0, it fills the sector with copies of
    /// the frame, and may fail at one of those.
    var isWithoutEffect: Bool {
        (self as? DatabaseError)?.resultCode == .SQLITE_FULL
    }
}

extension DatabaseError {
    /// Whether SQLite found that its files do not contain what it wrote.
    var isOfDamage: Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode) || extendedResultCode == .SQLITE_IOERR_SHORT_READ
    }
}
