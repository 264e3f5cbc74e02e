import Foundation
import Testing

/// Texts in files.
enum GuideText {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The first block of YAML in a guide.
    static func firstYAML(inGuide name: String) throws -> String {
        let text = try file("Documentation/\(name)")
        let block = try #require(text.components(separatedBy: "```yaml\n").dropFirst().first)
        return try #require(block.components(separatedBy: "```").first)
    }

    /// A file of this repository.
    static func file(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The path of a new file with this text, in a directory that lasts as long as the machine's temporary files.
    static func file(holding text: String) -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        // A file that is not there fails the test that reads it.
        try? text.write(to: url, atomically: true, encoding: .utf8)
        return url.path
    }
}
