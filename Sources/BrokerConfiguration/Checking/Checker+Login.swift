import BrokerServing
import BrokerTokens
import IdentityBroker

extension Checker {
    /// How the pages look on which people sign in.
    mutating func loginPages(_ settings: CheckedSettings) -> LoginPages {
        let value = settings.value
        if let title = value["title"]?.text, !(1...LoginSettings.longestTitle).contains(title.count) {
            report(settings.member("title"), "Expected 1 to \(LoginSettings.longestTitle) characters.")
        }
        if let logo = value["logo"]?.text, !logo.namesPicture {
            report(settings.member("logo"), "Expected a file whose name ends with .svg or .png.")
        }
        if let accent = value["accent"]?.text, !accent.isColor {
            report(settings.member("accent"), "Expected a color such as '#0b7a75', in six hexadecimal digits.")
        }
        return LoginPages(
            title: value["title"]?.text,
            logo: value["logo"]?.text,
            accent: value["accent"]?.text,
            templates: value["templates"]?.text,
            languages: languages(settings.member("locales"))
        )
    }

    private mutating func languages(_ list: CheckedSettings) -> [LoginPages.Language] {
        guard let elements = list.value.elements else { return LoginPages.Language.allCases }
        if elements.isEmpty { report(list, "The list is empty. Name a language.") }
        for (index, element) in elements.enumerated() where elements[..<index].contains(element) {
            report(.invalidValue, at: element.position, list.path.appending(index), "This language is listed twice.")
        }
        return elements.compactMap { $0.text.flatMap(LoginPages.Language.init) }
    }

    /// How long people stay signed in. An idle time longer than the lifetime has no effect.
    mutating func sessionLifetimes(_ settings: CheckedSettings) -> SessionLifetimes {
        let (standard, range) = (SessionLifetimes.standard, LoginSettings.sessionLifetimes)
        let idle = time(settings.member("idle"), in: range) ?? standard.idle
        let lifetime = time(settings.member("lifetime"), in: range) ?? standard.lifetime
        // It refuses nothing that was not already reported.
        return (try? SessionLifetimes(idle: idle, lifetime: lifetime)) ?? standard
    }
}

extension String {
    /// Whether it names a file of a kind that every browser shows.
    fileprivate var namesPicture: Bool {
        let name = lowercased()
        return name.hasSuffix(".svg") || name.hasSuffix(".png")
    }

    /// Whether it is a color as in CSS (Color Module Level 4 §5.2), in six digits.
    fileprivate var isColor: Bool {
        utf8.count == 7 && utf8.first == UInt8(ascii: "#")
            && utf8.dropFirst().allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }
}
