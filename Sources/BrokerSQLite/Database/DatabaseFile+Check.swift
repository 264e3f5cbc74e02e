import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DatabaseFile {
    private static func start(of path: String) -> [UInt8]? {
        do throws(FileDescriptorReader.Failure) {
            let reader = try FileDescriptorReader(path: path)
            return try reader.read(atMost: magic.count)
        } catch {
            return nil
        }
    }

    /// What every database begins with (SQLite, "Database File Format" §1.3).
    private static let magic = Array("SQLite format 3\0".utf8)

    /// Checks that a database is there, or can be made, and makes nothing.
    ///
    /// - Parameter path: The absolute path.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the path.
    static func check(path: String) throws(BrokerError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let directory = directory(of: path)
            guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw .misconfigured(
                    "The directory \(directory) of the SQLite store does not exist. Make it, or give another path.")
            }
            return try checkAccess(to: directory, W_OK | X_OK, "The directory \(directory) of the SQLite store")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let kind = status.st_mode & S_IFMT == S_IFDIR ? "a directory" : "not a regular file"
            throw .misconfigured("The SQLite store \(path) is \(kind). Give the path of a file.")
        }
        try checkAccess(to: path, R_OK | W_OK, "The SQLite store \(path)")
        let directory = directory(of: resolve(path) ?? path)
        try checkAccess(to: directory, W_OK | X_OK, "The directory \(directory) of the SQLite store")
        // An empty file becomes a database.
        guard status.st_size > 0 else { return }
        guard start(of: path) == magic else {
            throw .misconfigured("The file \(path) is not an SQLite database. Give another path.")
        }
    }
}
