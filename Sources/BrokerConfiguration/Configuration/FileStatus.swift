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
