#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What users other than a file's owner and group may do with it.
struct FilePermissions: Sendable, Hashable {
    let othersRead: Bool
    let othersWrite: Bool

    init(mode: UInt32) {
        othersRead = mode & 0o004 != 0
        othersWrite = mode & 0o002 != 0
    }

    /// The permissions of the file at a path, after following symbolic links; nil if there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(mode: UInt32(status.st_mode))
    }

    /// What to fix; nil if all is well.
    func advice(holdsSecret: Bool) -> String? {
        switch (othersRead && holdsSecret, othersWrite) {
        case (true, true): "Every user of this machine can read and change this file: chmod o-rw."
        case (true, false): "Every user of this machine can read this file, which holds a secret: chmod o-r."
        case (false, true): "Every user of this machine can change this file: chmod o-w."
        case (false, false): nil
        }
    }
}
