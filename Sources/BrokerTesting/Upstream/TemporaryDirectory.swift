import Foundation

/// A private directory under the system's temporary one, readable by its owner only.
struct TemporaryDirectory: Sendable {
    private let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "broker-testing-\(UUID())").path()
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    /// Writes a file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }

    func remove() {
        // Someone else may already have cleaned up.
        try? FileManager.default.removeItem(atPath: path)
    }
}
