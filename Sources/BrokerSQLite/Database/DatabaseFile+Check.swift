import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DatabaseFile {
    /// What an opening needs on the disk: the log's index, and the first pages of log and database.
    private static let leastRoom: UInt64 = 256 * 1024

    /// Checks that a database is there, or can be made, and makes nothing.
    ///
    /// - Parameter path: The absolute path.
    /// - Returns: Whether there is one. An empty file becomes one.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the path, or
    ///   ``BrokerError/Kind/unavailable`` where its disk is full, read-only or failing.
    static func check(path: String) throws(BrokerError) -> Bool {
        let trace = trace(of: path)
        var status = stat()
        guard stat(path, &status) == 0 else {
            let directory = directory(of: path)
            guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw .misconfigured(
                    "The directory \(directory) of the SQLite store does not exist. Make it, or give another path.")
            }
            if let trace { throw lost(path, leaving: trace) }
            try checkAccess(to: directory, W_OK | X_OK, "The directory \(directory) of the SQLite store")
            try checkRoom(in: directory, for: path)
            return false
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let kind = status.st_mode & S_IFMT == S_IFDIR ? "a directory" : "not a regular file"
            throw .misconfigured("The SQLite store \(path) is \(kind). Give the path of a file.")
        }
        try checkLinks(of: path, status)
        if status.st_size == 0, let trace { throw lost(path, leaving: trace) }
        try checkAccess(to: path, R_OK | W_OK, "The SQLite store \(path)")
        let resolved = resolve(path) ?? path
        let directory = directory(of: resolved)
        try checkAccess(to: directory, W_OK | X_OK, "The directory \(directory) of the SQLite store")
        try checkCompanions(of: resolved)
        try checkRoom(in: directory, for: path)
        return status.st_size > 0
    }

    private static func checkRoom(in directory: String, for path: String) throws(BrokerError) {
        var disk = statvfs()
        guard statvfs(directory, &disk) == 0 else { return }
        let blocks = geteuid() == 0 ? disk.f_bfree : disk.f_bavail
        guard UInt64(blocks) * UInt64(disk.f_frsize) < leastRoom else { return }
        throw BrokerError(
            .unavailable,
            "The disk of the SQLite store \(path) has less than \(leastRoom / 1024) KiB left. Make room there.")
    }
}
