#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker

/// Writes a new package, over nothing that is there.
struct SkeletonWriter: Sendable {
    let skeleton: ProviderSkeleton

    /// The first of the files that is there already.
    var obstacle: String? {
        skeleton.files.map { "\(skeleton.directory)/\($0.path)" }.first { path in
            // Of a link that leads nowhere, too, there are attributes.
            (try? FileManager.default.attributesOfItem(atPath: path)) != nil
        }
    }

    /// Writes the files.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/internalError`` where one cannot be written, or is there by
    ///   now.
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
