import Foundation
import IdentityBroker
import Testing

@testable import BrokerSQLite

// Root may open every file, so these run in another user's process.
@Suite("Opening a store without permission", .timeLimit(.minutes(15)))
struct PermissionTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory(permissions: 0o755)
    }

    private func setPermissions(_ permissions: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }

    /// Opens the store as an unprivileged user, and checks the errors of opening and of the inspection.
    private static func expectRefusal(of path: String, mentioning text: String) throws {
        if geteuid() == 0 { try #require(setuid(65_534) == 0) }
        let opened = #expect(throws: BrokerError.self) { try SQLiteStore(path: path) }
        let seen = #expect(throws: BrokerError.self) { try DatabaseFile.inspect(path: path) }
        for error in [opened, seen] {
            try #require(error?.kind == .misconfigured)
            try #require(error?.message.contains("\(text): Permission denied") == true)
        }
    }

    @Test("in its directory names the directory, whether or not the file exists", arguments: [false, true])
    func unwritableDirectory(_ isThere: Bool) async throws {
        let (path, parent) = (directory.database, directory.path)
        if isThere {
            try await SQLiteStore(path: path).close()
            try setPermissions(0o666, of: path)
        }
        try setPermissions(0o555, of: parent)
        let text = "The directory \(parent) of the SQLite store cannot be written"
        await #expect(processExitsWith: .success) { [path = path as String, text = text as String] in
            try Self.expectRefusal(of: path, mentioning: text)
        }
    }

    @Test(
        "to a directory above it says that it cannot be reached, and not that it does not exist",
        arguments: [false, true])
    func unsearchableDirectory(_ isThere: Bool) async throws {
        let parent = directory.file("above")
        let path = "\(parent)/data/broker.sqlite"
        try FileManager.default.createDirectory(atPath: "\(parent)/data", withIntermediateDirectories: true)
        if isThere { try await SQLiteStore(path: path).close() }
        try setPermissions(0o600, of: parent)
        await #expect(processExitsWith: .success) { [path = path as String] in
            try Self.expectRefusal(of: path, mentioning: "The SQLite store \(path) cannot be reached")
        }
        try setPermissions(0o700, of: parent)
    }

    @Test("to its file names the file", arguments: [(0o444, "written"), (0o222, "read"), (0o000, "read")])
    func unusableFile(_ permissions: Int, _ participle: String) async throws {
        let (path, parent) = (directory.database, directory.path)
        try await SQLiteStore(path: path).close()
        try setPermissions(permissions, of: path)
        try setPermissions(0o777, of: parent)
        let text = "The SQLite store \(path) cannot be \(participle)"
        await #expect(processExitsWith: .success) { [path = path as String, text = text as String] in
            try Self.expectRefusal(of: path, mentioning: text)
        }
    }
}
