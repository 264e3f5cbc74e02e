import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DatabaseFile {
    /// A file beside a database that shows that there was something in it; nil where there is none.
    ///
    /// SQLite makes them after it has written the first page, and takes them away with its last connection. So look for them
    /// before looking at the database, which another process may be making.
    static func trace(of path: String) -> String? {
        let resolved = resolve(path) ?? path
        return ["\(resolved)-wal", "\(resolved)-shm"].first { access($0, F_OK) == 0 }
    }

    /// Refuses to begin anew where a database is empty or gone that was in use: every ticket would be good once more. SQLite
    /// would delete the log, which may hold all that is left.
    static func lost(_ path: String, leaving trace: String) -> BrokerError {
        .misconfigured(
            """
            The SQLite store \(path) is empty or missing, but \(trace) shows that it was in use. Restore it from a backup. To \
            begin anew, with every redeemed ticket and every grant forgotten, delete \(trace) and its like.
            """)
    }
}
