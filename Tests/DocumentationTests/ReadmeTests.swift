import BrokerConfiguration
import BrokerPostgres
import BrokerSQLite
import Foundation
import GenAuthSandbox
import IdentityBroker
import Testing
import WXAppProvider

/// What the README shows is what there is.
@Suite("The README")
struct ReadmeTests {
    private let blocks: [CodeBlock]

    init() throws {
        blocks = try CodeBlock.all(in: "README.md")
    }

    private func blocks(of language: String) -> [String] {
        blocks.filter { $0.language == language }.map(\.text)
    }

    private static let isConformance: @Sendable (String) -> Bool = { $0.contains("ProviderConformance") }

    @Test("shows Swift files of the examples, whole, which are built and run with the tests")
    func swift() throws {
        let files = [
            "Examples/Sources/Embed/main.swift",
            "Examples/Sources/DirectoryProvider/DirectoryProvider.swift",
            "Examples/Sources/MyBroker/Main.swift",
        ]
        let contents = try files.map { try String(contentsOf: CodeBlock.root.appending(path: $0), encoding: .utf8) }
        #expect(blocks(of: "swift").filter { !Self.isConformance($0) } == contents)
    }

    @Test("shows the test that a new provider's package has")
    func conformance() async throws {
        let shown = blocks(of: "swift").filter(Self.isConformance)
        #expect(shown.count == 1)
        let written = try await GenAuthSandbox.withSandbox { sandbox in
            let place = try CommandPlace(sandbox: sandbox)
            defer { place.remove() }
            #expect(try await place.run("broker providers new acme").status == 0)
            return try place.text(of: "acme-provider/Tests/AcmeProviderTests/ConformanceTests.swift")
        }
        // The README has it in fewer lines.
        for text in shown { #expect(written.words.contains(text.words)) }
    }

    @Test("shows a provider of less than a hundred lines")
    func provider() throws {
        let provider = try #require(blocks(of: "swift").first { $0.contains("struct DirectoryProvider") })
        #expect(provider.split(separator: "\n", omittingEmptySubsequences: false).count < 100)
    }

    @Test("shows configuration that is valid")
    func yaml() throws {
        let texts = blocks(of: "yaml")
        #expect(!texts.isEmpty)
        for text in texts {
            _ = try Configuration(
                yaml: text.utf8,
                file: "README.md",
                baseDirectory: "/",
                providers: ProviderRegistry([WXAppProvider.self]),
                stores: StoreRegistry([.sqlite, .postgres, .memory])
            )
        }
    }

    @Test("shows commands that work", .timeLimit(.minutes(15)))
    func commands() async throws {
        let shell = blocks(of: "sh")
        let shown = shell.flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix("broker ") }.map(String.init)
        #expect(shown.count >= 8)
        // These run until Ctrl-C, or ask a service that runs. The tests of the command line run them.
        let others = ["broker sandbox", "broker serve", "broker config check --running"]
        let commands = shown.filter { command in !others.contains { command.hasPrefix($0) } }
        #expect(commands.count == shown.count - others.count)
        try await GenAuthSandbox.withSandbox { sandbox in
            let place = try CommandPlace(sandbox: sandbox)
            defer { place.remove() }
            for command in commands {
                let (status, error) = try await place.run(command)
                #expect(status == 0, "\(command)\n\(error)")
            }
        }
    }

    @Test("names commands and scripts that exist")
    func scripts() {
        for line in blocks(of: "sh").flatMap({ $0.split(separator: "\n") }) where line.hasPrefix("Scripts/") {
            let script = line.prefix { $0 != " " }
            #expect(FileManager.default.isExecutableFile(atPath: CodeBlock.root.appending(path: script).path()))
        }
    }
}

extension String {
    fileprivate var words: [Substring] { split(whereSeparator: \.isWhitespace) }
}
