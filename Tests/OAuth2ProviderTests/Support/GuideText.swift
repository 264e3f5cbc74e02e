import Foundation
import Testing

/// Texts in files.
enum GuideText {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The first block of YAML in a guide.
    static func firstYAML(inGuide name: String) throws -> String {
        let text = try String(contentsOf: root.appendingPathComponent("Documentation/\(name)"), encoding: .utf8)
        let block = try #require(text.components(separatedBy: "```yaml\n").dropFirst().first)
        return try #require(block.components(separatedBy: "```").first)
    }

    /// The path of a new file with this text, in a directory that lasts as long as the machine's temporary files.
    static func file(_ text: String) -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        // A file that is not there fails the test that reads it.
        try? text.write(to: url, atomically: true, encoding: .utf8)
        return url.path
    }
}
