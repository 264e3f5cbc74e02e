import Foundation
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes a new package without overwriting anything.
struct SkeletonWriter: Sendable {
    let skeleton: ProviderSkeleton

    /// The first of the files that already exists.
    var obstacle: String? {
        skeleton.files.map { "\(skeleton.directory)/\($0.path)" }.first { path in
            // Attributes exist even for a dangling link.
            (try? FileManager.default.attributesOfItem(atPath: path)) != nil
        }
    }

    /// Writes the files.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/internalError`` if one cannot be written, or exists by now.
    func write() throws(BrokerError) {
        do {
            let manager = FileManager.default
            try manager.createDirectory(atPath: skeleton.directory, withIntermediateDirectories: true)
            for file in skeleton.files {
                let url = URL(filePath: "\(skeleton.directory)/\(file.path)")
                try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: url, options: .withoutOverwriting)
            }
        } catch {
            let message = "The package cannot be written to '\(skeleton.directory)'. Check that you may write there."
            throw BrokerError(.internalError, message)
        }
    }
}

/// Absolute paths without links and dots, which can be compared.
enum CanonicalPath {
    /// The canonical path of an existing file; nil if there is none.
    static func of(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The relative path from one canonical path to another.
    static func relative(_ path: String, to directory: String) -> String {
        let (target, base) = (path.split(separator: "/"), directory.split(separator: "/"))
        let shared = zip(target, base).prefix { $0 == $1 }.count
        let steps = base.dropFirst(shared).map { _ in ".." } + target.dropFirst(shared)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }
}
