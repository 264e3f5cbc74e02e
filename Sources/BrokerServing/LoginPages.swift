/// How the pages on which people sign in look.
public struct LoginPages: Sendable, Hashable {
    /// A language of the pages (RFC 5646).
    public enum Language: String, Sendable, CaseIterable {
        /// English.
        case english = "en"
        /// Chinese in simplified characters.
        case simplifiedChinese = "zh-Hans"
    }

    /// The name of the operator's service; nil for the issuer's host.
    public var title: String?
    /// The absolute path of a logo, an SVG or PNG file; nil for none.
    public var logo: String?
    /// The color of buttons and links, as in `#0b7a75`; nil for the default.
    public var accent: String?
    /// The absolute path of a directory with templates that replace those of the service; nil for none.
    public var templates: String?
    /// The languages offered, in order of preference; at least one.
    public var languages: [Language]

    /// Describes the pages.
    public init(
        title: String? = nil,
        logo: String? = nil,
        accent: String? = nil,
        templates: String? = nil,
        languages: [Language] = Language.allCases
    ) {
        self.title = title
        self.logo = logo
        self.accent = accent
        self.templates = templates
        self.languages = languages
    }
}
