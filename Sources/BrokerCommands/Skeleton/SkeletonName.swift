import IdentityBroker

/// A new provider's name, and what is derived from it.
struct SkeletonName: Sendable, Hashable {
    /// The provider type, as configuration gives it: `corp-directory`.
    let type: String

    /// Reads a name. Returns nil for one that is not a provider type, or too long to make others of.
    init?(_ text: String) {
        guard ProviderID(text) != nil, text.utf8.count <= Self.longest else { return nil }
        type = text
    }

    /// The longest name; with a longer one the new package would have lines longer than its format allows.
    static let longest = 30

    /// What the names of Swift types begin with: `CorpDirectory`. There is always a word behind it, which keeps the whole
    /// from being a keyword.
    var typePrefix: String { words.map(\.capitalizedAtStart).joined() }

    /// The module of the provider, and its type: `CorpDirectoryProvider`.
    var module: String { "\(typePrefix)Provider" }

    /// The command line that has the provider: `corp-directory-broker`.
    var program: String { "\(type)-broker" }

    /// The name for people: `Corp Directory`.
    var title: String { words.map(\.capitalizedAtStart).joined(separator: " ") }

    /// What the names of environment variables begin with: `CORP_DIRECTORY`.
    var variablePrefix: String { words.map { $0.uppercased() }.joined(separator: "_") }

    /// Whether types of the new package would have the names of protocols that they conform to: `IdentityProvider`,
    /// `ProviderFixture`.
    var isReserved: Bool { ["Identity", "Provider"].contains(typePrefix) }

    /// Whether a type of this name is there already. Swift names differ by more than hyphens.
    func isTaken(in registry: ProviderRegistry) -> Bool {
        registry.all.contains { $0.manifest.type.replacing("-", with: "") == type.replacing("-", with: "") }
    }

    private var words: [Substring] { type.split(separator: "-") }
}

extension Substring {
    fileprivate var capitalizedAtStart: String { prefix(1).uppercased() + dropFirst() }
}
