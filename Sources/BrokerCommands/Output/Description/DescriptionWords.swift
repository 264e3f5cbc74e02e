import IdentityBroker

/// The languages in which descriptions have words of their own.
enum DescriptionLanguage {
    private static let all: [String: any DescriptionWords] = ["en": EnglishWords(), "zh": ChineseWords()]

    /// The words in a language, or English ones.
    static func words(in language: String) -> any DescriptionWords { all[language] ?? EnglishWords() }

    /// The language's name for itself, or its tag.
    static func name(of language: String) -> String { all[language]?.language ?? language }
}

/// What a description of a provider type says in one language besides the type's own texts.
protocol DescriptionWords: Sendable {
    /// The language's name for itself.
    var language: String { get }

    // Names of rows.
    var does: String { get }
    var takes: String { get }
    var with: String { get }
    var can: String { get }
    var see: String { get }
    var register: String { get }
    var note: String { get }

    // Headings.
    var atUpstream: String { get }
    var configuration: String { get }
    var trial: String { get }
    var credentials: String { get }
    var particulars: String { get }
    var settings: String { get }
    var notices: String { get }

    // Headings of columns.
    var settingColumns: [String] { get }
    var noticeColumns: [String] { get }

    // Between words.
    var or: String { get }
    var comma: String { get }
    var colon: String { get }

    /// A text with another behind it in parentheses.
    func text(_ text: String, with remark: String) -> String

    /// Why a setting cannot be left out.
    var required: String { get }

    /// What a setting is if it is left out.
    func defaultValue(_ text: String) -> String

    /// A form of settings.
    func name(of form: Setting.Form) -> String

    /// How long a credential may be, and how often it is good.
    func limits(of form: CredentialForm) -> String

    /// What travels with a credential.
    func accompanied(by part: String) -> String

    /// Where the upstream's own documentation is.
    func documentation(at link: String) -> String

    /// What the callback URI is, for a type that takes one at 127.0.0.1 or does not.
    func callback(of type: String, isLoopbackTaken: Bool) -> String
}
