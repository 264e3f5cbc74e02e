import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DatabaseFile {
    /// A file next to a database that shows that the database had contents; nil if there is none.
    ///
    /// SQLite creates these files after it has written the first page, and removes them with its last connection. So
    /// look for them before looking at the database, which another process may be creating.
    static func trace(of path: String) -> String? {
        let resolved = resolve(path) ?? path
        return ["\(resolved)-wal", "\(resolved)-shm"].first { access($0, F_OK) == 0 }
    }

    /// Refuses to start from scratch if a used database is empty or missing: every ticket would be usable again. SQLite
    /// would delete the log, which may hold all that is left.
    static func lost(_ path: String, leaving trace: String) -> BrokerError {
        .misconfigured(
            """
            The SQLite store \(path) is empty or missing, but \(trace) shows that it was in use. Restore it from a backup. To \
            begin anew, with every redeemed ticket and everything else forgotten, delete \(trace) and its like.
            """)
    }
}
