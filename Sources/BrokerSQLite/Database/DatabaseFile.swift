import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The database's file before SQLite opens it: there, regular, writable, and made for its owner only.
struct DatabaseFile: Sendable {
    /// The path from the root of the file system.
    let path: String
    /// The path behind symbolic links, beside which SQLite keeps its other files.
    let resolvedPath: String
    /// Which file it was when it was looked at.
    let identity: FileIdentity
    /// Whether its permissions let other users in.
    let isOpenToOthers: Bool
    /// Whether there is nothing in it yet.
    let isNew: Bool

    /// Makes the file where there is none.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the path, or
    ///   ``BrokerError/Kind/unavailable`` where its disk is full, read-only or failing.
    init(path: String) throws(BrokerError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw .misconfigured("The path of an SQLite store is empty or holds a NUL. Give the path of a file.")
        }
        // An absolute path is never one of those that SQLite takes for something else, such as `:memory:`.
        self.path = path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
        if try Self.examine(self.path) == nil { try Self.make(self.path) }
        guard let status = try Self.examine(self.path), let resolvedPath = Self.resolve(self.path) else {
            throw Self.failure("The SQLite store \(self.path) cannot be reached", ENOENT)
        }
        isNew = status.st_size == 0
        identity = FileIdentity(status)
        self.resolvedPath = resolvedPath
        isOpenToOthers = status.st_mode & 0o077 != 0
    }

    /// Where SQLite keeps what was committed and did not get into the database file yet.
    var logPath: String { "\(resolvedPath)-wal" }

    /// Where SQLite keeps the log's index and its locks.
    var indexPath: String { "\(resolvedPath)-shm" }

    /// An empty file becomes a database. SQLite would make one that its group and others may read.
    private static func make(_ path: String) throws(BrokerError) {
        guard create(path) != 0 else { return }
        let number = errno
        if number != EEXIST { throw failure("The SQLite store \(path) cannot be made", number) }
    }

    private static func create(_ path: String) -> Int32 {
        #if canImport(Darwin)
            let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
            return descriptor < 0 ? -1 : close(descriptor)
        #else
            // Not `open`: to close any descriptor of a file drops all locks that the process has on it (POSIX, fcntl),
            // those of a connection that found the new file in the meantime among them.
            mknod(path, S_IFREG | 0o600, 0)
        #endif
    }

    static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    static func directory(of path: String) -> String {
        let parent = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
        return parent.isEmpty ? "/" : String(parent)
    }
}
