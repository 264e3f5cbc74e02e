/// The package of a new provider, which redeems a ticket for a record in JSON: it builds, passes the conformance kit, and
/// is changed from there.
///
/// What is in its files appears in `Files`, as it is read there, with the provider's names put in.
struct ProviderSkeleton: Sendable {
    let name: SkeletonName
    /// Where it gets this package from.
    let package: BrokerPackage
    /// Where it is written.
    let directory: String

    /// All files, in the order in which somebody new to the package reads them.
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

    /// The imports of a file, in the order that the format has them in.
    func imports(_ modules: String...) -> String {
        modules.sorted().map { "import \($0)" }.joined(separator: "\n")
    }
}
