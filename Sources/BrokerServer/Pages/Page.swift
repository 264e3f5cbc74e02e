import BrokerServing
import BrokerTokens
import HTTPTypes
import IdentityBroker

/// A page for people.
protocol Page: Sendable {
    /// The template that shows it.
    static var template: PageTemplate { get }
    /// The status of the answer.
    var status: HTTPResponse.Status { get }
    /// Where its forms may lead.
    var forms: FormPolicy { get }
    /// What the template gets, beside ``PageRenderer``'s own: text, truth values, and lists of the same.
    func values(in language: LoginPages.Language) -> [String: PageValue]
}

extension Page {
    var status: HTTPResponse.Status { .ok }
    var forms: FormPolicy { .none }
}

/// Where the forms of a page may lead (Content Security Policy Level 3 §6.4.1).
enum FormPolicy: Sendable, Hashable {
    /// It has none.
    case none
    /// They stay here.
    case own
    /// To this origin; the page submits its form by ``SubmitScript``.
    case submitted(to: String)
    /// The answer may leave for an app's address, and browsers check redirects as well.
    case leaving
}

/// What a template gets under a name.
enum PageValue: Sendable {
    case text(String)
    case list([[String: PageValue]])

    /// The value as the template library takes it.
    var rendered: Any {
        switch self {
        case .text(let text): text.separatedForHTML
        case .list(let items): items.map { $0.mapValues(\.rendered) }
        }
    }
}

/// A form that stays here.
struct PageForm: Sendable {
    /// Where it is posted.
    let action: String
    /// See ``FormGuard``.
    let token: Secret
    /// What else it sends.
    var fields: [(name: String, value: String)] = []

    var values: [String: PageValue] {
        ["action": .text(action), "token": .text(token.reveal()), "fields": .fields(fields)]
    }
}

extension PageValue {
    /// Hidden fields of a form.
    static func fields(_ fields: [(name: String, value: String)]) -> PageValue {
        .list(fields.map { ["name": .text($0.name), "value": .text($0.value)] })
    }
}

extension String {
    /// The text in a form in which a library that escapes character by character escapes every special one: a mark after a
    /// quotation mark makes one character of both, which is no quotation mark to it, and is one to a browser. Such marks are
    /// dropped.
    var separatedForHTML: String {
        guard !isSeparated else { return self }
        let kept = map { character in
            character.holdsSpecial
                ? String(String.UnicodeScalarView(character.unicodeScalars.filter(\.isSpecial))) : String(character)
        }.joined()
        // If another character had come of it, nothing but ASCII would be safe.
        return kept.isSeparated ? kept : String(String.UnicodeScalarView(unicodeScalars.filter(\.isASCII)))
    }

    private var isSeparated: Bool { allSatisfy { !$0.holdsSpecial || $0.unicodeScalars.count == 1 } }
}

extension Character {
    fileprivate var holdsSpecial: Bool { unicodeScalars.contains(where: \.isSpecial) }
}

extension Unicode.Scalar {
    /// Whether HTML gives it a meaning in text or in an attribute.
    fileprivate var isSpecial: Bool { ["<", ">", "&", "\"", "'"].contains(self) }
}
