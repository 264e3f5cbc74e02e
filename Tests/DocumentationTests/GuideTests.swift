import BrokerConfiguration
import BrokerPostgres
import BrokerSQLite
import Foundation
import IdentityBroker
import Testing
import WXAppProvider
import WXAppSandbox

/// The guides show what exists.
@Suite("The guides")
struct GuideTests {
    private static func blocks(of language: String, in file: String) throws -> [String] {
        try CodeBlock.all(in: file).filter { $0.language == language }.map(\.text)
    }

    @Test(
        "show Swift files of the examples, whole, which are built and run with the tests",
        arguments: [
            ("Embed/main.swift", MarkdownFiles.embedTheBroker),
            ("FileServer/FileServer.swift", MarkdownFiles.serveFromAFile),
            ("DirectoryProvider/DirectoryProvider.swift", MarkdownFiles.writeAProvider),
            ("MyBroker/Main.swift", MarkdownFiles.writeAProvider),
        ])
    func examples(example: String, file: String) throws {
        let content = try String(
            contentsOf: CodeBlock.root.appending(path: "Examples/Sources/\(example)"), encoding: .utf8)
        #expect(try Self.blocks(of: "swift", in: file).contains(content))
    }

    @Test(
        "show code that compiles",
        arguments: [MarkdownFiles.embedTheBroker, MarkdownFiles.enableAProvider, MarkdownFiles.keepRecords])
    func snippets(file: String) throws {
        try CompiledSnippets.expect(in: file)
    }

    @Test("show the test that a new provider's package has")
    func conformance() async throws {
        let shown = try Self.blocks(of: "swift", in: MarkdownFiles.writeAProvider).filter { $0.contains("AcmeFixture") }
        #expect(shown.count == 1)
        let written = try await GenAuthSandbox.withSandbox { sandbox in
            let place = try CommandPlace(sandbox: sandbox)
            defer { place.remove() }
            #expect(try await place.run("broker providers new acme").status == 0)
            return try place.text(of: "acme-provider/Tests/AcmeProviderTests/ConformanceTests.swift")
        }
        // The guide wraps it in fewer lines.
        for text in shown { #expect(written.words.contains(text.words)) }
    }

    @Test("show a provider of less than a hundred lines")
    func provider() throws {
        let blocks = try Self.blocks(of: "swift", in: MarkdownFiles.writeAProvider)
        let provider = try #require(blocks.first { $0.contains("struct DirectoryProvider") })
        #expect(provider.split(separator: "\n", omittingEmptySubsequences: false).count < 100)
    }

    @Test(
        "show configuration that is valid",
        arguments: [MarkdownFiles.enableAProvider, MarkdownFiles.serveApps, MarkdownFiles.stores])
    func yaml(file: String) throws {
        // The others are parts of a document.
        let texts = try Self.blocks(of: "yaml", in: file).filter { $0.hasPrefix("version:") }
        #expect(!texts.isEmpty)
        for text in texts {
            _ = try Configuration(
                yaml: text.utf8,
                file: file,
                baseDirectory: "/",
                providers: ProviderRegistry([WXAppProvider.self]),
                stores: StoreRegistry([.sqlite, .postgres, .memory])
            )
        }
    }
}
