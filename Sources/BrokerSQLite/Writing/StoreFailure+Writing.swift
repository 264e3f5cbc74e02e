import GRDB
import IdentityBroker

extension StoreFailure {
    /// The failure to report to an operation's caller for an error, which may already be one.
    static func thrown(_ error: any Error, at path: String, mayHaveHappened: Bool) -> StoreFailure {
        if let failure = error as? StoreFailure {
            return StoreFailure(failure.message, mayHaveHappened: mayHaveHappened, reason: failure.reason)
        }
        let reason = Reason(error)
        return StoreFailure(
            "The SQLite store \(path) failed: \(error.reason).\(reason.remedy)",
            mayHaveHappened: mayHaveHappened,
            reason: reason
        )
    }

    /// The failure to report to the caller of an operation that is not performed.
    static func refused(
        _ refusal: WriterQueue<PendingOperation>.Refusal,
        at path: String,
        mayHaveHappened: Bool = false
    ) -> StoreFailure {
        let (explanation, reason): (String, Reason) =
            switch refusal {
            case .full: ("has more to write than it can; its disk is too slow", .overloaded)
            case .hanging: ("waits for its disk, which does not answer", .unreachable)
            case .closed: ("is closed", .closed)
            case .abandoned: ("did not get to it in time", .late)
            }
        return StoreFailure(
            "The SQLite store \(path) \(explanation).", mayHaveHappened: mayHaveHappened, reason: reason)
    }
}

extension StoreFailure.Reason {
    /// The meaning of SQLite's result code (SQLite, "Result and Error Codes").
    init(_ error: any Error) {
        guard let error = error as? DatabaseError else {
            self = .failed
            return
        }
        self =
            switch error.extendedResultCode {
            case .SQLITE_READONLY_DBMOVED: .replaced
            default: Self.reason(of: error.resultCode, error.message)
            }
    }

    private static func reason(of code: ResultCode, _ message: String?) -> StoreFailure.Reason {
        switch code {
        case .SQLITE_FULL: .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
        case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
        case .SQLITE_IOERR, .SQLITE_CANTOPEN: .unreachable
        case .SQLITE_ERROR where tellsOfLoss(message ?? ""): .incomplete
        default: .failed
        }
    }

    /// SQLite has no specific code for a missing table or column.
    private static func tellsOfLoss(_ message: String) -> Bool {
        message.hasPrefix("no such table") || message.hasPrefix("no such column")
            || message.contains(" has no column named ")
    }

    /// Whether the same configuration may work later, since nothing is wrong with it.
    var passes: Bool { [.full, .locked, .unreachable, .readOnly].contains(self) }

    /// What an operator can do, with a leading space.
    var remedy: String {
        switch self {
        case .full: " Make room on its disk."
        case .locked: " End the program that holds it, such as a shell with an open transaction."
        case .corrupt: " Stop the broker, delete the -wal and -shm beside the file, and put a backup in its place."
        case .readOnly: " Check the permissions of the file, its directory and the files beside it."
        case .unreachable: " Check the disk, and how many files the process may open."
        case .incomplete: " Stop the broker, and restore the file from a backup."
        case .replaced: " Put the file back, or restart the broker."
        default: ""
        }
    }
}
