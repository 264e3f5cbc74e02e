import Foundation
import Testing

@testable import BrokerCommands

@Suite("Creating a new provider")
struct NewProviderTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().resolvingSymlinksInPath().path(percentEncoded: false)

    private static func newProvider(
        _ arguments: String...,
        in workspace: borrowing Workspace
    ) async throws -> BrokerProcess.Outcome {
        try await BrokerProcess.run(["providers", "new"] + arguments, directory: workspace.directory)
    }

    /// Every file below the workspace, as a path relative to it.
    private static func files(in workspace: borrowing Workspace) throws -> Set<String> {
        let (manager, directory) = (FileManager.default, workspace.directory)
        let paths = try manager.subpathsOfDirectory(atPath: directory).filter { path in
            try manager.attributesOfItem(atPath: "\(directory)/\(path)")[.type] as? FileAttributeType != .typeDirectory
        }
        return Set(paths)
    }

    @Test("writes a package with sources, tests, a command line and a configuration, and lists them")
    func writes() async throws {
        let workspace = try Workspace()
        let outcome = try await Self.newProvider(
            "corp-directory", "--package", Self.root, "--format", "json", in: workspace)
        #expect(outcome.status == 0)
        #expect(outcome.result?["type"] as? String == "corp-directory")
        #expect(outcome.result?["directory"] as? String == "corp-directory-provider")
        let listed = try #require(outcome.result?["files"] as? [String])
        #expect(try Self.files(in: workspace) == Set(listed.map { "corp-directory-provider/\($0)" }))
        for path in [
            "Package.swift", "README.md", "Config/broker.yaml", "Sources/corp-directory-broker/Main.swift",
            "Sources/CorpDirectoryProvider/CorpDirectoryProvider.swift",
            "Sources/CorpDirectoryProvider/CorpDirectoryRecord.swift",
            "Tests/CorpDirectoryProviderTests/CorpDirectoryFixture.swift",
        ] {
            #expect(listed.contains(path))
        }
    }

    @Test("writes to a named directory, next to existing files, and says what to do next")
    func directory() async throws {
        let workspace = try Workspace()
        _ = try workspace.write("mine", to: "notes")
        let outcome = try await Self.newProvider("acme", "--directory", ".", "--package", Self.root, in: workspace)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("swift run acme-broker providers describe acme"))
        #expect(try Self.files(in: workspace).isSuperset(of: ["notes", "Package.swift"]))
    }

    @Test("overwrites nothing, and writes nothing if it would have to", arguments: ["README.md", ".gitignore"])
    func overwrites(existing: String) async throws {
        let workspace = try Workspace()
        let path = try workspace.write("mine", to: existing)
        let outcome = try await Self.newProvider("acme", "--directory", ".", "--package", Self.root, in: workspace)
        #expect(outcome.status == 64)
        #expect(outcome.error.contains("'./\(existing)' already exists. Nothing was written."))
        #expect(try Self.files(in: workspace) == [existing])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    }

    @Test("overwrites no dangling link")
    func danglingLink() async throws {
        let workspace = try Workspace()
        let link = "\(workspace.directory)/Package.swift"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nowhere")
        let outcome = try await Self.newProvider("acme", "--directory", ".", "--package", Self.root, in: workspace)
        #expect(outcome.status == 64)
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.directory) == ["Package.swift"])
    }

    @Test("fails if it cannot write")
    func unwritable() async throws {
        let workspace = try Workspace()
        _ = try workspace.write("", to: "file")
        let outcome = try await Self.newProvider(
            "acme", "--directory", "file/acme", "--package", Self.root, "--format", "json", in: workspace)
        #expect(outcome.status == 70)
        #expect(outcome.failure?["kind"] as? String == "internal_error")
    }

    @Test(
        "takes the package from the given place",
        arguments: [
            ("https://git.example/identity-broker", #".package(url: "https://git.example/identity-broker", from: ""#),
            ("git@git.example:x/broker.git", #".package(url: "git@git.example:x/broker.git", from: ""#),
            (root, #".package(name: "identity-broker", path: "\#(root.dropLast())"),"#),
        ]
    )
    func package(location: String, dependency: String) async throws {
        let workspace = try Workspace()
        let outcome = try await Self.newProvider("acme", "--package", location, in: workspace)
        #expect(outcome.status == 0)
        let manifest = "\(workspace.directory)/acme-provider/Package.swift"
        #expect(try String(contentsOfFile: manifest, encoding: .utf8).contains(dependency))
    }

    @Test("refers to products by the name that a repository is known by")
    func identity() async throws {
        let workspace = try Workspace()
        _ = try await Self.newProvider("acme", "--package", "git@git.example:x/broker.git", in: workspace)
        let manifest = try String(
            contentsOfFile: "\(workspace.directory)/acme-provider/Package.swift", encoding: .utf8)
        #expect(manifest.contains(#".product(name: "StrictJSON", package: "broker")"#))
        #expect(!manifest.contains("identity-broker"))
    }

    @Test(
        "finds the package in a parent directory, past packages that only depend on it, and refers to it by a relative path"
    )
    func nearest() async throws {
        let workspace = try Workspace()
        _ = try workspace.write("let package = Package(\n    name: \"identity-broker\",", to: "Package.swift")
        let inner = "\(workspace.directory)/inner/innermost"
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
        _ = try workspace.write(
            "let package = Package(name: \"inner\", dependencies: [.package(name: \"identity-broker\", path: \"..\")])",
            to: "inner/Package.swift"
        )
        let outcome = try await BrokerProcess.run("providers", "new", "acme", directory: inner)
        #expect(outcome.status == 0)
        let manifest = try String(contentsOfFile: "\(inner)/acme-provider/Package.swift", encoding: .utf8)
        #expect(manifest.contains(#".package(name: "identity-broker", path: "../../.."),"#))
    }

    @Test(
        "asks where the package is if it is not found",
        arguments: [
            [], ["--package", "."], ["--package", "nowhere"], ["--package", "x://"],
            ["--package", "https://git.example"], ["--package", "https://git.example/a b"],
            ["--package", "git@git.example"],
        ]
    )
    func noPackage(options: [String]) async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run(
            ["providers", "new", "acme"] + options, directory: workspace.directory)
        #expect(outcome.status == 64)
        #expect(outcome.error.contains(options.isEmpty ? "Run this in its source tree" : "--package takes a folder"))
        #expect(try Self.files(in: workspace).isEmpty)
    }

    @Test(
        "refuses a name that is invalid, too long, or used by the package's Swift types",
        arguments: [
            "", "Acme", "1st", "a_b", "ä", "../a", "a b", String(repeating: "a", count: 31), "identity", "provider",
        ]
    )
    func names(name: String) async throws {
        let workspace = try Workspace()
        let outcome = try await Self.newProvider(name, "--package", Self.root, in: workspace)
        #expect(outcome.status == 64)
        #expect(try Self.files(in: workspace).isEmpty)
    }

    @Test("refuses the name of a known type, ignoring hyphens", arguments: ["wxapp", "w-x-app"])
    func taken(name: String) async throws {
        let workspace = try Workspace()
        let outcome = try await Self.newProvider(name, "--package", Self.root, "--format", "json", in: workspace)
        #expect(outcome.status == 78)
        #expect(outcome.failure?["kind"] as? String == "misconfigured")
        #expect(try Self.files(in: workspace).isEmpty)
    }

    @Test(
        "derives Swift names that are not keywords",
        arguments: [
            ("acme", "Acme", "AcmeProvider", "Acme", "ACME"),
            ("corp-directory-2", "CorpDirectory2", "CorpDirectory2Provider", "Corp Directory 2", "CORP_DIRECTORY_2"),
            ("class", "Class", "ClassProvider", "Class", "CLASS"), ("self", "Self", "SelfProvider", "Self", "SELF"),
            ("a--", "A", "AProvider", "A", "A"),
        ]
    )
    func swiftNames(name: String, prefix: String, module: String, title: String, variable: String) throws {
        let name = try #require(SkeletonName(name))
        #expect(name.typePrefix == prefix)
        #expect(name.module == module)
        #expect(name.title == title)
        #expect(name.variablePrefix == variable)
    }

    @Test("writes files in the format of this package, even for the longest name")
    func format() throws {
        let name = try #require(SkeletonName(String(repeating: "a", count: SkeletonName.longest)))
        let skeleton = ProviderSkeleton(name: name, package: .repository("https://git.example/broker"), directory: ".")
        #expect(try skeleton.format == String(contentsOfFile: "\(Self.root)/.swift-format", encoding: .utf8))
        for file in skeleton.files {
            let longest = file.text.split(separator: "\n").map(\.count).max() ?? 0
            #expect(longest <= 120 && file.text.hasSuffix("\n") && !file.text.hasSuffix("\n\n"), "\(file.path)")
        }
    }
}
