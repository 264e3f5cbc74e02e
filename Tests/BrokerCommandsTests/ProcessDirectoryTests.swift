import Foundation
import Testing

@testable import BrokerCommands

@Suite("A process's own directory")
struct ProcessDirectoryTests {
    private static let name = "broker-sandbox-4B1CF5B8-5C4C-4B5A-9D0F-0E4C5E7B9A11"

    /// The directories left after abandoned ones were removed.
    private static func left(in workspace: borrowing Workspace) throws -> Set<String> {
        ProcessDirectory.removeAbandoned(in: workspace.directory)
        return Set(try FileManager.default.subpathsOfDirectory(atPath: workspace.directory))
    }

    private static func abandon(_ name: String, in workspace: borrowing Workspace) throws {
        let path = "\(workspace.directory)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        _ = try workspace.write("x", to: "\(name)/secret")
    }

    @Test("is accessible only to its owner, and is removed with its contents")
    func own() throws {
        let workspace = try Workspace()
        let directory = try ProcessDirectory(in: workspace.directory)
        let permissions =
            try FileManager.default.attributesOfItem(atPath: directory.path)[.posixPermissions] as? NSNumber
        #expect(permissions?.intValue == 0o700)
        try Data("x".utf8).write(to: URL(filePath: directory.path + "/broker.sqlite"))
        directory.remove()
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.directory).isEmpty)
    }

    @Test("stays while its process lives")
    func living() throws {
        let workspace = try Workspace()
        let directory = try ProcessDirectory(in: workspace.directory)
        #expect(try Self.left(in: workspace) == [String(directory.path.dropFirst(workspace.directory.count + 1))])
        directory.remove()
    }

    @Test("is removed once its process is gone")
    func abandoned() throws {
        let workspace = try Workspace()
        try Self.abandon(Self.name, in: workspace)
        #expect(try Self.left(in: workspace).isEmpty)
    }

    @Test("is not recognized under any other name", arguments: ["broker-sandbox-", "broker-sandbox-x", "other"])
    func names(_ name: String) throws {
        let workspace = try Workspace()
        try Self.abandon(name, in: workspace)
        #expect(try Self.left(in: workspace) == [name, "\(name)/secret"])
    }

    @Test("is not a link, whose target is not touched")
    func link() throws {
        let workspace = try Workspace()
        try Self.abandon("precious", in: workspace)
        try FileManager.default.createSymbolicLink(
            atPath: "\(workspace.directory)/\(Self.name)", withDestinationPath: "precious")
        #expect(try Self.left(in: workspace).isSuperset(of: [Self.name, "precious", "precious/secret"]))
    }

    @Test("follows no link inside it")
    func linkInside() throws {
        let workspace = try Workspace()
        try Self.abandon("precious", in: workspace)
        try Self.abandon(Self.name, in: workspace)
        try FileManager.default.createSymbolicLink(
            atPath: "\(workspace.directory)/\(Self.name)/link", withDestinationPath: "../precious/secret")
        #expect(try Self.left(in: workspace) == ["precious", "precious/secret"])
    }

    @Test("is not touched if another user owns it", .enabled(if: geteuid() == 0, "takes root, to make one"))
    func others() throws {
        let workspace = try Workspace()
        try Self.abandon(Self.name, in: workspace)
        #expect(chown("\(workspace.directory)/\(Self.name)", 65534, 65534) == 0)
        #expect(try Self.left(in: workspace) == [Self.name, "\(Self.name)/secret"])
    }
}
