/// The language of messages for the user, by the environment (POSIX.1-2024, XBD §8.2).
enum UserLanguage {
    /// The variables that name the locale; the first one that is not empty counts.
    private static let variables = ["LC_ALL", "LC_MESSAGES", "LANG"]

    /// The primary subtag of the language, such as `zh` of `zh_CN.UTF-8`; empty for none, and for the POSIX locale.
    static func preferred(in environment: (String) -> String?) -> [String] {
        guard let locale = variables.lazy.compactMap(environment).first(where: { !$0.isEmpty }) else { return [] }
        return primarySubtag(of: locale).map { [$0] } ?? []
    }

    /// The primary subtag of a language tag or locale, such as `zh` of `zh-CN`; nil if it has none.
    static func primarySubtag(of tag: String) -> String? {
        let language = tag.prefix { $0.isASCII && $0.isLetter }
        return (2...3).contains(language.count) ? language.lowercased() : nil
    }
}
