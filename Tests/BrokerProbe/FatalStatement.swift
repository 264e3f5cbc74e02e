import GRDBSQLite
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Kills the process (SIGKILL) as SQLite begins a statement, on whatever connection.
enum FatalStatement {
    private typealias Extension =
        @convention(c) (
            OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, OpaquePointer?
        ) -> CInt

    /// How many statements may begin before it; nil for any number.
    private static let allowed = Locked<Int?>(nil)

    /// Counts the statements of every connection that is opened from now on.
    static func observe() {
        let entry: Extension = { connection, _, _ in
            sqlite3_trace_v2(
                connection, CUnsignedInt(SQLITE_TRACE_STMT),
                { _, _, _, _ in
                    FatalStatement.begin()
                    return 0
                }, nil)
        }
        // SQLite declares it without the arguments that it passes (SQLite, "sqlite3_auto_extension").
        sqlite3_auto_extension(unsafeBitCast(entry, to: (@convention(c) () -> Void).self))
    }

    /// Sets how many more statements may begin; nil for any number.
    static func allow(_ count: Int?) {
        allowed.withLock { $0 = count }
    }

    private static func begin() {
        let isFatal = allowed.withLock { allowed in
            guard let count = allowed else { return false }
            allowed = count - 1
            return count == 0
        }
        if isFatal { kill(getpid(), SIGKILL) }
    }
}
