import Foundation
import Testing

/// The Markdown files that people read, by their paths in the repository.
enum MarkdownFiles {
    static let readme = "README.md"
    static let commandLine = "Documentation/CommandLine.md"
    static let stores = "Documentation/Stores.md"
    static let serveApps = "Sources/BrokerServer/BrokerServer.docc/ServeApps.md"
    static let serveFromAFile = "Sources/BrokerService/BrokerService.docc/ServeFromAFile.md"
    static let embedTheBroker = "Sources/IdentityBroker/IdentityBroker.docc/EmbedTheBroker.md"
    static let enableAProvider = "Sources/IdentityBroker/IdentityBroker.docc/EnableAProvider.md"
    static let keepRecords = "Sources/IdentityBroker/IdentityBroker.docc/KeepRecords.md"
    static let writeAProvider = "Sources/IdentityBroker/IdentityBroker.docc/WriteAProvider.md"

    /// All of them.
    static let all: [String] = {
        let top = (try? FileManager.default.contentsOfDirectory(atPath: CodeBlock.root.path())) ?? []
        let folders = ["Benchmarks", "Documentation", "Fuzz", "Plugins", "Sources"]
        let below = folders.flatMap { folder in
            let paths = FileManager.default.enumerator(atPath: CodeBlock.root.appending(path: folder).path())
            return (paths?.allObjects as? [String] ?? []).map { "\(folder)/\($0)" }
        }
        return (top + below).filter { $0.hasSuffix(".md") && !$0.contains("/.build") }.sorted()
    }()
}

/// A fenced block of code in a Markdown file.
struct CodeBlock {
    let language: String
    let text: String

    /// The repository's root, derived from this file's path.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The blocks of a file in the repository.
    static func all(in file: String) throws -> [CodeBlock] {
        let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
        var blocks: [CodeBlock] = []
        var open: (language: String, lines: [Substring])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let block = open {
                if line == "```" {
                    blocks.append(CodeBlock(language: block.language, text: block.lines.joined(separator: "\n") + "\n"))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            } else if line.hasPrefix("```") {
                open = (String(line.dropFirst(3)), [])
            }
        }
        return blocks
    }
}

/// Code in Markdown that is compiled as a part of `Snippets`.
enum CompiledSnippets {
    /// Expects the Swift code of a file that makes a broker of its own, imports first, to be in `Snippets`.
    static func expect(in file: String) throws {
        let folder = CodeBlock.root.appending(path: "Tests/DocumentationTests/Snippets")
        let compiled = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
            .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
        let blocks = try CodeBlock.all(in: file).filter { $0.language == "swift" && !$0.text.contains("Sandbox") }
        #expect(!blocks.isEmpty)
        for block in blocks {
            let lines = block.text.split(separator: "\n")
            for line in lines.filter({ $0.hasPrefix("import ") }) {
                #expect(compiled.contains(line), "\(file): \(line)")
            }
            let body = lines.filter { !$0.hasPrefix("import ") }.joined(separator: "\n")
            #expect(compiled.words.contains(body.words), "\(file) shows what no snippet has:\n\(body)")
        }
    }
}

extension String {
    var words: [Substring] { split(whereSeparator: \.isWhitespace) }
}
