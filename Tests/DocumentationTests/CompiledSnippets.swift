import Foundation
import Testing

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
