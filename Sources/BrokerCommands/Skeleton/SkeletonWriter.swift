import Foundation
import IdentityBroker

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
