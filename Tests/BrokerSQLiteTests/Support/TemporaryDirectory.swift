import Foundation

/// A private directory, removed with its last owner.
final class TemporaryDirectory: Sendable {
    let path: String

    init(permissions: Int = 0o700) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "broker-sqlite-\(UUID())").path()
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: permissions])
    }

    deinit {
        // A test may have taken its own permission away.
        try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a test's database.
    var database: String { file("broker.sqlite") }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func permissions(of name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
    }
}
