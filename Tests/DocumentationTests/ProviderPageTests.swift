import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The pages of `Documentation/Providers` are written by `broker providers describe TYPE --markdown`.
@Suite("The pages about provider types", .timeLimit(.minutes(5)))
struct ProviderPageTests {
    private static let folder = "Documentation/Providers"

    private static func broker(_ arguments: String...) async throws -> String { try await broker(arguments) }

    private static func broker(_ arguments: [String]) async throws -> String {
        let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let result = try await Subprocess.run(
            .path(FilePath(products.appending(path: "broker").path())), arguments: Arguments(arguments),
            output: .string(limit: 1 << 20), error: .discarded)
        return result.standardOutput
    }

    /// The pages by their file names, each with the arguments that write it: one in English for each type, and one in each
    /// other language that the type is described in.
    private static func pages() async throws -> [String: [String]] {
        let types = try JSONSerialization.jsonObject(
            with: Data(try await broker("providers", "types", "--format", "json").utf8))
        var pages: [String: [String]] = [:]
        for type in try #require(types as? [[String: Any]]) {
            let name = try #require(type["type"] as? String)
            let command = ["providers", "describe", name, "--markdown"]
            pages["\(name).md"] = command
            for language in ((type["translations"] as? [String: Any]) ?? [:]).keys {
                pages["\(name).\(language).md"] = command + ["--language", language]
            }
        }
        return pages
    }

    @Test("are what the types say of themselves, in every language that they have, and there are no others")
    func pages() async throws {
        let pages = try await Self.pages()
        #expect(pages.count >= 12)
        #expect(pages.keys.contains("wechat-miniprogram.zh.md"))
        for (file, arguments) in pages {
            let page = CodeBlock.root.appending(path: "\(Self.folder)/\(file)")
            let text = try? String(contentsOf: page, encoding: .utf8)
            let command = "broker \(arguments.joined(separator: " "))"
            #expect(
                try await Self.broker(arguments) == text,
                "\(Self.folder)/\(file) is out of date. Write it with: \(command) > \(Self.folder)/\(file)")
        }
        let files = try FileManager.default.contentsOfDirectory(
            atPath: CodeBlock.root.appending(path: Self.folder).path())
        #expect(Set(files) == Set(pages.keys).union(["README.md"]))
    }

    @Test("are in their list")
    func index() throws {
        let folder = CodeBlock.root.appending(path: Self.folder)
        let list = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        for page in try FileManager.default.contentsOfDirectory(atPath: folder.path()) where page != "README.md" {
            #expect(list.contains("](\(page))"), "\(page)")
        }
    }
}
