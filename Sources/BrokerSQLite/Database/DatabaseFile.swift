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
        let trace = Self.trace(of: self.path)
        var status = stat()
        if let trace, stat(self.path, &status) != 0, errno == ENOENT { throw Self.lost(self.path, leaving: trace) }
        try Self.make(self.path)
        guard stat(self.path, &status) == 0, let resolvedPath = Self.resolve(self.path) else {
            throw .misconfigured("The SQLite store \(self.path) cannot be reached: \(Self.reason(errno)).")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let kind = status.st_mode & S_IFMT == S_IFDIR ? "a directory" : "no regular file"
            throw .misconfigured("The SQLite store \(self.path) is \(kind). Give the path of a file.")
        }
        try Self.checkLinks(of: self.path, status)
        isNew = status.st_size == 0
        if isNew, let trace { throw Self.lost(self.path, leaving: trace) }
        identity = FileIdentity(status)
        self.resolvedPath = resolvedPath
        isOpenToOthers = status.st_mode & 0o077 != 0
        try Self.checkAccess(to: self.path, R_OK | W_OK, "The SQLite store \(self.path)")
        let directory = Self.directory(of: resolvedPath)
        try Self.checkAccess(to: directory, W_OK | X_OK, "The directory \(directory) of the SQLite store")
        try Self.checkCompanions(of: resolvedPath)
    }

    /// Where SQLite keeps what was committed and did not get into the database file yet.
    var logPath: String { "\(resolvedPath)-wal" }

    /// Where SQLite keeps the log's index and its locks.
    var indexPath: String { "\(resolvedPath)-shm" }

    /// An empty file becomes a database. SQLite would make one that its group and others may read.
    private static func make(_ path: String) throws(BrokerError) {
        guard create(path) != 0 else { return }
        switch errno {
        case EEXIST:
            return
        case ENOENT, ENOTDIR:
            let message = "The directory \(directory(of: path)) of the SQLite store does not exist."
            throw .misconfigured("\(message) Make it, or give another path.")
        case let number:
            throw failure("The SQLite store \(path) cannot be made", number)
        }
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

    /// SQLite finds the files beside the database by its name: processes that open it by two names would have two logs, and
    /// overwrite what the other wrote (SQLite, "How To Corrupt An SQLite Database File" §2.5).
    static func checkLinks(of path: String, _ status: stat) throws(BrokerError) {
        guard status.st_nlink > 1 else { return }
        throw .misconfigured(
            """
            The SQLite store \(path) has \(status.st_nlink) names (hard links), and processes that open it by different ones \
            destroy each other's data. Remove the others; 'find DIRECTORY -samefile' finds them.
            """)
    }

    static func checkAccess(to path: String, _ mode: Int32, _ subject: String) throws(BrokerError) {
        guard let number = errorOfAccess(to: path, mode) else { return }
        throw failure("\(subject) cannot be written", number)
    }

    /// Checks the files that SQLite keeps beside the database, as far as they are there: they come and go with those who have it
    /// open.
    static func checkCompanions(of resolvedPath: String) throws(BrokerError) {
        for companion in ["\(resolvedPath)-wal", "\(resolvedPath)-shm"] {
            guard let number = errorOfAccess(to: companion, R_OK | W_OK), number != ENOENT else { continue }
            throw failure("The file \(companion) of the SQLite store cannot be written", number)
        }
    }

    private static func errorOfAccess(to path: String, _ mode: Int32) -> Int32? {
        faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0 ? nil : errno
    }

    /// What the system's error means. A disk that is full, read-only or failing is no fault of the configuration.
    private static func failure(_ problem: String, _ number: Int32) -> BrokerError {
        let message = "\(problem): \(reason(number))."
        switch number {
        case ENOSPC, EDQUOT: return BrokerError(.unavailable, "\(message) Make room on its disk.")
        case EROFS: return BrokerError(.unavailable, "\(message) Make its file system writable, or give another path.")
        case EIO, EMFILE, ENFILE, ENOMEM:
            return BrokerError(
                .unavailable, "\(message) Check the disk, the memory, and how many files the process may open.")
        default:
            return .misconfigured("\(message) Let the user that runs the broker write there, or give another path.")
        }
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

    static func reason(_ number: Int32) -> String {
        String(cString: strerror(number))
    }
}
