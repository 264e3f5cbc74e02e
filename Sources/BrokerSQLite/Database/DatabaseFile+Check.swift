import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DatabaseFile {
    /// The disk space that opening needs: for the log's index, and the first pages of log and database.
    private static let leastRoom: UInt64 = 256 * 1024

    /// Checks that a database exists, or can be created, without creating anything.
    ///
    /// - Parameter path: The absolute path.
    /// - Returns: Whether it exists. An empty file becomes a database.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the path, or
    ///   ``BrokerError/Kind/unavailable`` if its disk is full, read-only or failing.
    static func check(path: String) throws(BrokerError) -> Bool {
        let status = try examine(path)
        try checkRoom(in: directory(of: resolve(path) ?? path), for: path)
        return status.map { $0.st_size > 0 } ?? false
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
