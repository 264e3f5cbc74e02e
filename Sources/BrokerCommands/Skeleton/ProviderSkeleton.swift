import IdentityBroker

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

/// A file of a new package.
struct SkeletonFile: Sendable, Hashable {
    /// Its path in the package.
    let path: String
    let text: String
}

/// A new provider's name, and what is derived from it.
struct SkeletonName: Sendable, Hashable {
    /// The provider type, as used in configuration: `corp-directory`.
    let type: String

    /// Parses a name. Returns nil if it is not a provider type, or too long to derive others from.
    init?(_ text: String) {
        guard ProviderID(text) != nil, text.utf8.count <= Self.longest else { return nil }
        type = text
    }

    /// The maximum length; a longer name would give the new package lines longer than its format allows.
    static let longest = 30

    /// The prefix of Swift type names: `CorpDirectory`. A word always follows, so the result is never a keyword.
    var typePrefix: String { words.map(\.capitalizedAtStart).joined() }

    /// The provider's module, and its type: `CorpDirectoryProvider`.
    var module: String { "\(typePrefix)Provider" }

    /// The command line with the provider: `corp-directory-broker`.
    var program: String { "\(type)-broker" }

    /// The name shown to people: `Corp Directory`.
    var title: String { words.map(\.capitalizedAtStart).joined(separator: " ") }

    /// The prefix of environment variables: `CORP_DIRECTORY`.
    var variablePrefix: String { words.map { $0.uppercased() }.joined(separator: "_") }

    /// Whether the new package's types would have the names of protocols they conform to: `IdentityProvider`,
    /// `ProviderFixture`.
    var isReserved: Bool { ["Identity", "Provider"].contains(typePrefix) }

    /// Whether a type of this name already exists. Swift names must differ in more than hyphens.
    func isTaken(in registry: ProviderRegistry) -> Bool {
        registry.all.contains { $0.manifest.type.replacing("-", with: "") == type.replacing("-", with: "") }
    }

    private var words: [Substring] { type.split(separator: "-") }
}

extension Substring {
    fileprivate var capitalizedAtStart: String { prefix(1).uppercased() + dropFirst() }
}
