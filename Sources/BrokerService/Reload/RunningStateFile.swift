package import BrokerConfiguration
import Foundation
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The file in which a service says what it runs, for `broker config check --running`. Its owner alone can read it, and the
/// service holds a lock on it for as long as it lives, so that what a killed one left is not taken for a living one's.
package final class RunningStateFile: Sendable {
    private static let maximumBytes = 4 * 1024 * 1024

    private let descriptor: Int32
    private let salt = Data(RandomSource.system.bytes(32))

    /// Makes or takes over the file; nil where it cannot be written, or another service has it.
    init?(path: String) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        guard fchmod(descriptor, 0o600) == 0, Self.lock(descriptor) else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Says what runs.
    func write(_ state: ConfigurationState) {
        guard let data = try? JSONEncoder().encode(state.digest(salt: salt)) else { return }
        _ = ftruncate(descriptor, 0)
        _ = data.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// What the service that has the file runs; nil where there is none.
    package static func read(_ path: String) -> ConfigurationDigest? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // Acquiring the lock shows that no running service holds it.
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        // It may be being written just now.
        for _ in 0..<20 {
            if let digest = try? JSONDecoder().decode(ConfigurationDigest.self, from: contents(of: path)) {
                return digest
            }
            usleep(50_000)
        }
        return nil
    }

    private static func contents(of path: String) throws -> Data {
        let reader = try FileDescriptorReader(path: path)
        return Data(try reader.read(atMost: maximumBytes))
    }

    /// Takes the lock, which one who reads may hold for a moment.
    private static func lock(_ descriptor: Int32) -> Bool {
        for _ in 0..<20 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(20_000)
        }
        return false
    }
}

extension Configuration {
    /// Where a service with this configuration says what it runs: beside the store's file, or else beside the
    /// configuration.
    package var runningStatePath: String { "\(stateDirectory)/\(fileName).running" }
}
