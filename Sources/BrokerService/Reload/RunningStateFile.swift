package import BrokerConfiguration
import Foundation
import IdentityBroker
import StrictJSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The file in which a service describes what it runs, for `broker config check --running`. Only its owner can read it,
/// and the service holds a lock on it while it runs, so that the file of a killed service is not mistaken for that of a
/// running one.
package final class RunningStateFile: Sendable {
    private static let reader = JSONReader(limits: .init(maximumBytes: 4 * 1024 * 1024))

    private let descriptor: Int32
    private let salt = Data(RandomSource.system.bytes(32))

    /// Creates or takes over the file; nil if it cannot be written, or if another service holds it.
    init?(path: String) {
        // Without waiting, should it be a pipe.
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { return nil }
        guard Self.isRegular(descriptor), fchmod(descriptor, 0o600) == 0, Self.lock(descriptor) else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Writes what runs.
    func write(_ state: ConfigurationState) {
        let bytes = state.digest(salt: salt).members.jsonBytes
        _ = ftruncate(descriptor, 0)
        _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// What the service that holds the file runs; nil if there is none.
    package static func read(_ path: String) -> ConfigurationDigest? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // Acquiring the lock shows that no running service holds it.
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        // It may be in the middle of a write.
        for _ in 0..<20 {
            if let digest = (try? contents(of: path))?.object.flatMap(ConfigurationDigest.init) { return digest }
            usleep(50_000)
        }
        return nil
    }

    private static func contents(of path: String) throws -> JSONValue {
        try reader.read(FileDescriptorReader(path: path).read(atMost: reader.limits.maximumBytes))
    }

    private static func isRegular(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Takes the lock, which a reader may hold for a moment.
    private static func lock(_ descriptor: Int32) -> Bool {
        for _ in 0..<20 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(20_000)
        }
        return false
    }
}

extension Configuration {
    /// The file in which a service with this configuration describes what it runs: next to the store's file, or else
    /// next to the configuration.
    package var runningStatePath: String { "\(stateDirectory)/\(fileName).running" }
}
