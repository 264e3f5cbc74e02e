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

    private static func broker(_ arguments: String...) async throws -> String {
        let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let result = try await Subprocess.run(
            .path(FilePath(products.appending(path: "broker").path())), arguments: Arguments(arguments),
            output: .string(limit: 1 << 20), error: .discarded)
        return result.standardOutput
    }

    @Test("are what the types say of themselves, and there are no others")
    func pages() async throws {
        let types = try JSONSerialization.jsonObject(
            with: Data(try await Self.broker("providers", "types", "--format", "json").utf8))
        let names = try #require(types as? [[String: Any]]).compactMap { $0["type"] as? String }
        #expect(names.count >= 12)
        for name in names {
            let page = CodeBlock.root.appending(path: "\(Self.folder)/\(name).md")
            let text = try? String(contentsOf: page, encoding: .utf8)
            let command = "broker providers describe \(name) --markdown"
            #expect(
                try await Self.broker("providers", "describe", name, "--markdown") == text,
                "\(Self.folder)/\(name).md is out of date. Write it with: \(command) > \(Self.folder)/\(name).md")
        }
        let files = try FileManager.default.contentsOfDirectory(
            atPath: CodeBlock.root.appending(path: Self.folder).path())
        #expect(Set(files) == Set(names.map { "\($0).md" } + ["README.md"]))
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
