/// The package of a new provider, which redeems a ticket for a JSON record: it builds, passes the conformance kit, and
/// is the starting point for changes.
///
/// The contents of its files are in `Files`, with the provider's names inserted.
struct ProviderSkeleton: Sendable {
    let name: SkeletonName
    /// Where it gets this package.
    let package: BrokerPackage
    /// The directory it is written to.
    let directory: String

    /// All files, in the order in which a newcomer should read them.
    var files: [SkeletonFile] {
        let sources = "Sources/\(name.module)"
        let tests = "Tests/\(name.module)Tests"
        return [
            SkeletonFile(path: "README.md", text: readme),
            SkeletonFile(path: "Package.swift", text: manifest),
            SkeletonFile(path: "\(sources)/\(name.module).swift", text: provider),
            SkeletonFile(path: "\(sources)/\(name.module)+Manifest.swift", text: providerManifest),
            SkeletonFile(path: "\(sources)/\(name.module)+Settings.swift", text: settings),
            SkeletonFile(path: "\(sources)/TicketExchange.swift", text: ticketExchange),
            SkeletonFile(path: "\(sources)/UpstreamResponse+Record.swift", text: response),
            SkeletonFile(path: "\(sources)/\(name.typePrefix)Record.swift", text: record),
            SkeletonFile(path: "\(sources)/UpstreamIdentity+Record.swift", text: mapping),
            SkeletonFile(path: "\(tests)/ConformanceTests.swift", text: conformanceTests),
            SkeletonFile(path: "\(tests)/\(name.typePrefix)Fixture.swift", text: fixture),
            SkeletonFile(path: "Sources/\(name.program)/Main.swift", text: main),
            SkeletonFile(path: "Config/broker.yaml", text: configuration),
            SkeletonFile(path: ".swift-format", text: format),
            SkeletonFile(path: ".gitignore", text: ignored),
        ]
    }

    /// The imports of a file, in the order that the format requires.
    func imports(_ modules: String...) -> String {
        modules.sorted().map { "import \($0)" }.joined(separator: "\n")
    }
}
