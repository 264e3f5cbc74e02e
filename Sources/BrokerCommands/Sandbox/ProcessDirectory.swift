import BrokerConfiguration
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A directory for temporary files that belongs to this process and is locked for as long as it lives.
///
/// The system unlocks it however the process ends. So the next one can tell a directory that was left behind from one in use,
/// which a number of a process could not: numbers are used again, and containers that share a directory count each for itself.
struct ProcessDirectory: Sendable {
    private static let prefix = "broker-sandbox-"

    let path: String

    /// Open and locked until the process ends.
    private let descriptor: Int32

    /// Makes a directory that only its owner can enter.
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
                // Another process took it for one that was left behind, before it was locked.
                if errno == ENOENT { continue }
                throw SystemFailure()
            }
            // Where the file system knows no locks, no other process gets one to remove it under.
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

    /// Removes the directory with all that is in it.
    func remove() {
        // Somebody else may have cleaned up already.
        try? FileManager.default.removeItem(atPath: path)
        close(descriptor)
    }

    /// Removes what processes of this user left behind that were killed.
    ///
    /// Everything is reached by descriptors, so that nothing follows a link, and nothing that changes its place meanwhile leads
    /// anywhere else.
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
            // One with a directory in it is not as a sandbox leaves it, and stays.
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
