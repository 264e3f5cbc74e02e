import Foundation
import Testing

/// Links between files work when the repository is browsed.
@Suite("Links in Markdown")
struct LinkTests {
    @Test("lead to files and headings that exist", arguments: MarkdownFiles.all)
    func links(file: String) throws {
        let text = try Self.text(of: file)
        for match in text.matches(of: /\]\((?<target>[^)\s]+)\)/) {
            let target = String(match.target)
            // Pages of the hosting site, and other sites, cannot be found here.
            guard !target.contains("://"), !target.hasPrefix("../../security/"), !target.hasPrefix("../../commits/")
            else {
                continue
            }
            let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let path = parts[0].isEmpty ? file : Self.resolve(String(parts[0]), from: file)
            #expect(
                FileManager.default.fileExists(atPath: CodeBlock.root.appending(path: path).path()),
                "\(file) links to \(target)")
            if parts.count == 2, path.hasSuffix(".md") {
                #expect(try Self.anchors(of: path).contains(String(parts[1])), "\(file) links to \(target)")
            }
        }
    }

    @Test("are in the README for every guide")
    func guides() throws {
        let readme = try Self.text(of: MarkdownFiles.readme)
        let guides = MarkdownFiles.all.filter { path in
            // The page with a module's name is DocC's list of its symbols.
            let name = path.split(separator: "/").suffix(2)
            let isModulePage =
                name.count == 2 && name.first?.hasSuffix(".docc") == true
                && name.first?.dropLast(5) == name.last?.dropLast(3)
            // The pages about provider types have a list of their own.
            let isTypePage = path.hasPrefix("Documentation/Providers/") && !path.hasSuffix("/README.md")
            return (path.hasPrefix("Documentation/") || path.contains(".docc/")) && !isModulePage && !isTypePage
        }
        #expect(guides.count >= 8)
        for guide in guides { #expect(readme.contains("](\(guide))"), "The README does not link to \(guide)") }
    }

    private static func text(of file: String) throws -> String {
        try String(contentsOf: CodeBlock.root.appending(path: file), encoding: .utf8)
    }

    private static func resolve(_ path: String, from file: String) -> String {
        var components = file.split(separator: "/").dropLast().map(String.init)
        for component in path.split(separator: "/") {
            if component == ".." { _ = components.popLast() } else { components.append(String(component)) }
        }
        return components.joined(separator: "/")
    }

    /// The anchors of a file's headings, as GitHub makes them.
    private static func anchors(of file: String) throws -> [String] {
        try text(of: file).split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
            let words = heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
            return String(
                words.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }.map { $0 == " " ? "-" : $0 })
        }
    }
}
