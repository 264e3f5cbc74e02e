import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import Foundation

/// The database's file before SQLite opens it: existing, regular, writable, and created for its owner only.
struct DatabaseFile: Sendable {
    /// The absolute path.
    let path: String
    /// The path after resolving symbolic links, next to which SQLite keeps its other files.
    let resolvedPath: String
    /// The file's identity when it was examined.
    let identity: FileIdentity
    /// Whether its permissions admit other users.
    let isOpenToOthers: Bool
    /// Whether it is still empty.
    let isNew: Bool

    /// Creates the file if there is none.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the path, or
    ///   ``BrokerError/Kind/unavailable`` if its disk is full, read-only or failing.
    init(path: String) throws(BrokerError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw .misconfigured("The path of an SQLite store is empty or holds a NUL. Give the path of a file.")
        }
        // An absolute path never has a special meaning to SQLite, as `:memory:` does.
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

    /// Where SQLite keeps what was committed but is not yet in the database file.
    var logPath: String { "\(resolvedPath)-wal" }

    /// Where SQLite keeps the log's index and its locks.
    var indexPath: String { "\(resolvedPath)-shm" }

    /// An empty file becomes a database. SQLite would create one that its group and others may read.
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
            // Not `open`: closing any descriptor of a file drops all locks that the process has on it (POSIX, fcntl),
            // including those of a connection that found the new file in the meantime.
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
