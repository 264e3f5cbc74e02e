import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that SQLite has open, with its last known length. SQLite does not notice what others do to it.
struct WatchedFile: Sendable {
    /// What happened to the file.
    enum Finding: Sendable, Equatable {
        case intact
        /// Something else is at its path, or nothing.
        case replaced
        /// It was shortened, to this length in bytes.
        case shorter(Int64)
    }

    let path: String

    private let identity: FileIdentity
    private let seenLength: Locked<Int64>
    private let lengthLimit: Int64

    /// The file at the path, with symbolic links resolved; nil if there is none.
    ///
    /// - Parameter lengthLimit: The length to which SQLite itself shortens it.
    init?(path: String, keepsUpTo lengthLimit: Int64 = .max) {
        guard let (identity, length) = Self.look(at: path) else { return nil }
        self.path = path
        self.identity = identity
        self.lengthLimit = lengthLimit
        seenLength = Locked(min(length, lengthLimit))
    }

    /// Whether it is this file.
    func isSame(as identity: FileIdentity) -> Bool { identity == self.identity }

    /// Examines the file, with one system call.
    func look() -> Finding {
        guard let (identity, length) = Self.look(at: path), identity == self.identity else { return .replaced }
        return seenLength.withLock { seen in
            guard length >= seen else { return .shorter(length) }
            seen = min(length, lengthLimit)
            return .intact
        }
    }

    /// Accepts a shorter length.
    func accept(_ length: Int64) {
        seenLength.withLock { $0 = length }
    }

    private static func look(at path: String) -> (FileIdentity, length: Int64)? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return (FileIdentity(status), Int64(status.st_size))
    }
}
