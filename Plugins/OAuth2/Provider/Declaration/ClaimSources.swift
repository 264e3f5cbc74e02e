import Foundation
import IdentityBroker
import StrictJSON

/// Where a record has the standard claims (OpenID Connect Core §5.1).
struct ClaimSources: DeclarationPart, ExpressibleByDictionaryLiteral {
    private var sources: [String: ClaimSource] = [:]

    init() {}

    init(_ sources: [String: ClaimSource]) {
        self.sources = sources
    }

    subscript(name: String) -> ClaimSource? {
        get { sources[name] }
        set { sources[name] = newValue }
    }

    /// The claims, by name.
    init(dictionaryLiteral elements: (String, ClaimSource)...) {
        self.init(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
    }

    /// Whether a record has one of them, if there are any.
    func haveAny(in record: JSONValue) -> Bool {
        sources.isEmpty || sources.values.contains { $0.text(in: record)?.isEmpty == false }
    }

    /// The claims that are text.
    static let texts: [(name: String, path: any WritableKeyPath<Claims, String?> & Sendable)] = [
        ("name", \.name), ("given_name", \.givenName), ("family_name", \.familyName), ("middle_name", \.middleName),
        ("nickname", \.nickname), ("preferred_username", \.preferredUsername), ("profile", \.profile),
        ("picture", \.picture), ("website", \.website), ("gender", \.gender), ("birthdate", \.birthdate),
        ("zoneinfo", \.zoneinfo), ("locale", \.locale),
    ]

    static let members: [DeclarationMember<ClaimSources>] = (texts.map(\.name) + ["email", "phone_number"]).map {
        name in
        .init(
            name, \.[name], of: ClaimSources(),
            "The claim \(name): a pointer, or a text with pointers in braces; in a URL, {+/id} may be several segments."
        )
    }
}
