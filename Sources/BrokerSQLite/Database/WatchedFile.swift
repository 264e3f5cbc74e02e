import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that SQLite has open, and how long it was when it was last seen. SQLite does not notice what others do to it.
struct WatchedFile: Sendable {
    /// What has become of the file.
    enum Finding: Sendable, Equatable {
        case intact
        /// Something else stands at its path, or nothing.
        case replaced
        /// It has become shorter, to this length in bytes.
        case shorter(Int64)
    }

    let path: String

    private let identity: FileIdentity
    private let seenLength: Locked<Int64>
    private let lengthLimit: Int64

    /// The file at the path, behind symbolic links; nil where there is none.
    ///
    /// - Parameter lengthLimit: To what length SQLite itself shortens it.
    init?(path: String, keepsUpTo lengthLimit: Int64 = .max) {
        guard let (identity, length) = Self.look(at: path) else { return nil }
        self.path = path
        self.identity = identity
        self.lengthLimit = lengthLimit
        seenLength = Locked(min(length, lengthLimit))
    }

    /// Whether it is this file.
    func isSame(as identity: FileIdentity) -> Bool { identity == self.identity }

    /// Looks at the file, which takes one call of the system.
    func look() -> Finding {
        guard let (identity, length) = Self.look(at: path), identity == self.identity else { return .replaced }
        return seenLength.withLock { seen in
            guard length >= seen else { return .shorter(length) }
            seen = min(length, lengthLimit)
            return .intact
        }
    }

    /// Takes a shorter length for right.
    func accept(_ length: Int64) {
        seenLength.withLock { $0 = length }
    }

    private static func look(at path: String) -> (FileIdentity, length: Int64)? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return (FileIdentity(status), Int64(status.st_size))
    }
}
