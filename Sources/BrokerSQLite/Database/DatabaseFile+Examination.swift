import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DatabaseFile {
    /// Checks what is at a path before a database is opened or created there, without changing anything.
    ///
    /// - Parameter path: The absolute path.
    /// - Returns: The file's status; nil if there is none and one can be created.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the path, or
    ///   ``BrokerError/Kind/unavailable`` if its disk is full, read-only or failing.
    static func examine(_ path: String) throws(BrokerError) -> stat? {
        let trace = trace(of: path)
        guard let status = try status(of: path, "The SQLite store \(path)") else {
            try checkAbsence(of: path)
            if let trace { throw lost(path, leaving: trace) }
            return nil
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let kind = status.st_mode & S_IFMT == S_IFDIR ? "a directory" : "not a regular file"
            throw .misconfigured("The SQLite store \(path) is \(kind). Give the path of a file.")
        }
        try checkLinks(of: path, status)
        if status.st_size == 0, let trace { throw lost(path, leaving: trace) }
        try checkAccess(to: path, [.read, .write], "The SQLite store \(path)")
        let resolved = resolve(path) ?? path
        try checkMount(of: resolved)
        try checkDirectory(of: resolved)
        for companion in ["\(resolved)-wal", "\(resolved)-shm", "\(resolved)-journal"] {
            try checkCompanion(companion)
        }
        return status
    }

    /// Checks a file that SQLite keeps next to the database. It comes and goes with the connections.
    private static func checkCompanion(_ path: String) throws(BrokerError) {
        let subject = "The file \(path) of the SQLite store"
        // SQLite would wait for a pipe.
        if let status = try status(of: path, subject), status.st_mode & S_IFMT != S_IFREG {
            throw .misconfigured("\(subject) is not a regular file. Remove it.")
        }
        try checkAccess(to: path, [.read, .write], subject, isOptional: true)
    }

    /// The status of the file at a path; nil if a name on the way does not exist or is not a directory.
    private static func status(of path: String, _ subject: String) throws(BrokerError) -> stat? {
        var status = stat()
        if stat(path, &status) == 0 { return status }
        let number = errno
        guard [ENOENT, ENOTDIR].contains(number) else { throw failure("\(subject) cannot be reached", number) }
        return nil
    }

    /// Checks that a missing file can be created.
    private static func checkAbsence(of path: String) throws(BrokerError) {
        let directory = directory(of: path)
        let status = try status(of: directory, "The directory \(directory) of the SQLite store")
        guard let status, status.st_mode & S_IFMT == S_IFDIR else {
            throw .misconfigured(
                "The directory \(directory) of the SQLite store does not exist. Make it, or give another path.")
        }
        var link = stat()
        // If it is a file now, another process has just created it.
        if lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK {
            throw .misconfigured(
                """
                The SQLite store \(path) is a symbolic link to a file that does not exist. Give the path of the file itself.
                """)
        }
        try checkDirectory(of: path)
    }

    private static func checkDirectory(of path: String) throws(BrokerError) {
        let directory = directory(of: path)
        try checkAccess(to: directory, [.write, .search], "The directory \(directory) of the SQLite store")
    }

    /// SQLite finds the files next to the database by its name: processes that open it by two names would have two
    /// logs, and overwrite each other's writes (SQLite, "How To Corrupt An SQLite Database File" §2.5).
    private static func checkLinks(of path: String, _ status: stat) throws(BrokerError) {
        guard status.st_nlink > 1 else { return }
        throw .misconfigured(
            """
            The SQLite store \(path) has \(status.st_nlink) names (hard links), and processes that open it by different ones \
            destroy each other's data. Remove the others; 'find DIRECTORY -samefile' finds them.
            """)
    }

    /// A file that is mounted by itself has another name elsewhere, for which the same holds.
    private static func checkMount(of path: String) throws(BrokerError) {
        guard MountTable.ofProcess.contains(path) else { return }
        throw .misconfigured(
            """
            The SQLite store \(path) is mounted as a single file, and processes that open it by its other name destroy its data. \
            Mount its directory instead.
            """)
    }

    private struct Access {
        static let read = Access(mode: R_OK, participle: "read")
        static let write = Access(mode: W_OK, participle: "written")
        static let search = Access(mode: X_OK, participle: "searched")

        let mode: Int32
        let participle: String
    }

    private static func checkAccess(
        to path: String,
        _ accesses: [Access],
        _ subject: String,
        isOptional: Bool = false
    ) throws(BrokerError) {
        for access in accesses where faccessat(AT_FDCWD, path, access.mode, AT_EACCESS) != 0 {
            let number = errno
            if isOptional, number == ENOENT { continue }
            throw failure("\(subject) cannot be \(access.participle)", number)
        }
    }

    /// The meaning of a system error. A full, read-only or failing disk is not a configuration problem.
    static func failure(_ problem: String, _ number: Int32) -> BrokerError {
        let message = "\(problem): \(String(cString: strerror(number)))."
        switch number {
        case ENOSPC, EDQUOT: return BrokerError(.unavailable, "\(message) Make room on its disk.")
        case EROFS: return BrokerError(.unavailable, "\(message) Make its file system writable, or give another path.")
        case EIO, EMFILE, ENFILE, ENOMEM:
            return BrokerError(
                .unavailable, "\(message) Check the disk, the memory, and how many files the process may open.")
        default:
            return .misconfigured(
                "\(message) Let the user that runs the broker read and write there, or give another path.")
        }
    }
}
