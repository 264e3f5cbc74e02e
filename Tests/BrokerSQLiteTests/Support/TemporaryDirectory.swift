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

extension TemporaryDirectory {
    /// The content of a file.
    func content(of name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: file(name)))
    }

    /// Truncates a file, or extends it with zeros.
    func truncate(_ name: String, to length: UInt64) throws {
        let handle = try FileHandle(forUpdating: URL(filePath: file(name)))
        try handle.truncate(atOffset: length)
        try handle.close()
    }

    /// The files of the directory that this process has open; nil if the system does not report them.
    var openFiles: [String]? {
        let (manager, descriptors) = (FileManager.default, "/proc/self/fd")
        guard let names = try? manager.contentsOfDirectory(atPath: descriptors) else { return nil }
        let targets = names.compactMap { try? manager.destinationOfSymbolicLink(atPath: "\(descriptors)/\($0)") }
        return targets.filter { $0.hasPrefix(path) }
    }
}
