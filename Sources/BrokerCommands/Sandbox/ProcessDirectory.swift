import BrokerConfiguration
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A directory for temporary files that belongs to this process and is locked while the process lives.
///
/// The system unlocks it however the process ends. So the next process can distinguish an abandoned directory from one
/// in use, which a process id could not: ids are reused, and containers that share a directory have their own.
struct ProcessDirectory: Sendable {
    private static let prefix = "broker-sandbox-"

    let path: String

    /// Open and locked until the process ends.
    private let descriptor: Int32

    /// Creates a directory that only its owner can enter.
    init(in parent: String) throws(SystemFailure) {
        while true {
            let path =
                "\(parent.hasSuffix("/") ? String(parent.dropLast()) : parent)/\(Self.prefix)\(UUID().uuidString)"
            guard mkdir(path, 0o700) == 0 else {
                if errno == EEXIST { continue }
                throw SystemFailure()
            }
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else {
                // Another process took it for an abandoned one before it was locked.
                if errno == ENOENT { continue }
                throw SystemFailure()
            }
            // If the file system has no locks, no other process gets one to remove it.
            while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
            guard Self.isThere(descriptor) else {
                close(descriptor)
                continue
            }
            self.path = path
            self.descriptor = descriptor
            return
        }
    }

    /// Removes the directory and its contents.
    func remove() {
        // Someone else may already have cleaned up.
        try? FileManager.default.removeItem(atPath: path)
        close(descriptor)
    }

    /// Removes what killed processes of this user left behind.
    ///
    /// Everything is accessed through descriptors, so nothing follows a link, and nothing moved in the meantime leads
    /// elsewhere.
    static func removeAbandoned(in parent: String) {
        let place = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard place >= 0 else { return }
        defer { close(place) }
        for name in names(in: place)
        where name.hasPrefix(prefix) && UUID(uuidString: String(name.dropFirst(prefix.count))) != nil {
            let directory = openat(place, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard directory >= 0 else { continue }
            defer { close(directory) }
            guard isOwn(directory), flock(directory, LOCK_EX | LOCK_NB) == 0 else { continue }
            for name in names(in: directory) { unlinkat(directory, name, 0) }
            // A directory inside is not from a sandbox, so it stays.
            unlinkat(place, name, AT_REMOVEDIR)
        }
    }

    private static func isOwn(_ descriptor: Int32) -> Bool {
        FileStatus(of: descriptor)?.owner == geteuid()
    }

    /// Whether an open directory still has a name.
    private static func isThere(_ descriptor: Int32) -> Bool {
        (FileStatus(of: descriptor)?.links ?? 0) > 0
    }

    private static func names(in directory: Int32) -> [String] {
        // A separate open file description: its offset in the listing is not shared.
        let copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return []
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(validatingCString: $0)
                }
            }
            if let name, name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
