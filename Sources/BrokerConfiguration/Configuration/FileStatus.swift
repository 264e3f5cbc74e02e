#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the system knows of an open file. For modules that link Foundation statically, where `stat` is not to be had.
package struct FileStatus: Sendable {
    /// Whose the file is.
    package let owner: UInt32
    /// How many names it has; a directory that was removed has none.
    package let links: Int

    /// Asks about an open file; nil where the system does not answer.
    package init?(of descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        owner = status.st_uid
        links = Int(status.st_nlink)
    }
}
