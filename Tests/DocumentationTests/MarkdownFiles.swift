import Foundation

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
