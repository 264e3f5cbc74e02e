import Foundation

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
