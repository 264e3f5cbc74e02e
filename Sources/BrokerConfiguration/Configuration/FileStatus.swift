#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The system's information about an open file. For modules that link Foundation statically, where `stat` is
/// unavailable.
package struct FileStatus: Sendable {
    /// The file's owner.
    package let owner: UInt32
    /// The number of names; 0 for a removed directory.
    package let links: Int

    /// Queries an open file; nil if the system does not answer.
    package init?(of descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        owner = status.st_uid
        links = Int(status.st_nlink)
    }
}

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
