import IdentityBroker

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
