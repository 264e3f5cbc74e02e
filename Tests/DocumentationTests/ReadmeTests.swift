import Foundation
import Testing
import WXAppSandbox

/// The README and the guide to the command line show what exists.
@Suite("The README")
struct ReadmeTests {
    @Test("embeds the broker with code that compiles")
    func embedding() throws {
        try CompiledSnippets.expect(in: MarkdownFiles.readme)
    }

    @Test("is short enough to read")
    func length() throws {
        let text = try String(contentsOf: CodeBlock.root.appending(path: MarkdownFiles.readme), encoding: .utf8)
        #expect(text.words.count <= 900)
    }

    @Test("and the guide to the command line show commands that work", .timeLimit(.minutes(15)))
    func commands() async throws {
        let shown = try [MarkdownFiles.readme, MarkdownFiles.commandLine].flatMap { file in
            try CodeBlock.all(in: file).filter { $0.language == "sh" }.flatMap { $0.text.split(separator: "\n") }
                .filter { $0.hasPrefix("broker ") }.map(String.init)
        }
        #expect(shown.count >= 12)
        // These run until Ctrl-C, or need a running service or an OpenID provider. Other tests run them.
        let others = [
            "broker sandbox", "broker serve", "broker config check --running", "broker login work --browser",
            "broker login work --id-token", "broker login work --code",
        ]
        let commands = shown.filter { command in !others.contains { command.hasPrefix($0) } }
        for other in others { #expect(shown.contains { $0.hasPrefix(other) }, "\(other)") }
        try await GenAuthSandbox.withSandbox { sandbox in
            // Each file has its own ticket, which is valid once.
            for file in [MarkdownFiles.readme, MarkdownFiles.commandLine] {
                let place = try CommandPlace(sandbox: sandbox)
                defer { place.remove() }
                let lines = try Set(CodeBlock.all(in: file).flatMap { $0.text.split(separator: "\n") }.map(String.init))
                for command in commands where lines.contains(command) {
                    let (status, error) = try await place.run(command)
                    #expect(status == 0, "\(command)\n\(error)")
                }
            }
        }
    }

    @Test("and the guides name scripts that exist", arguments: MarkdownFiles.all)
    func scripts(file: String) throws {
        for line in try CodeBlock.all(in: file).flatMap({ $0.text.split(separator: "\n") })
        where line.hasPrefix("Scripts/") || line.hasPrefix("Benchmarks/") {
            let script = line.prefix { $0 != " " }
            #expect(FileManager.default.isExecutableFile(atPath: CodeBlock.root.appending(path: script).path()))
        }
    }
}
