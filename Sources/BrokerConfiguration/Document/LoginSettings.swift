import BrokerServing
import BrokerTokens
import IdentityBroker

/// The settings of logins in a browser: the pages, and how long people stay signed in.
enum LoginSettings {
    static let sessionLifetimes: ClosedRange<Duration> = .seconds(60) ... .seconds(720 * 60 * 60)
    /// The longest title, in characters: it must fit on one line on a phone.
    static let longestTitle = 60
    private static let languages = LoginPages.Language.allCases.map(\.rawValue)

    /// Those under `login:`.
    static let pages: [Setting] = [
        .optional("title", .text, "The name of your service, on every page. By default, the issuer's host."),
        .optional("logo", .path, "A logo: an SVG or PNG file. By default, none."),
        .optional("accent", .text, "The color of buttons and links, as in '#0b7a75'. By default, the pages' own."),
        .optional(
            "templates",
            .path,
            "A directory with templates that replace those of the service, for pages of your own. By default, none."
        ),
        .optional(
            "locales",
            .list(.choice(languages)),
            default: "[\(languages.joined(separator: ", "))]",
            """
            The languages of the pages. A browser or an app chooses among them; the first is for those that want none of them.
            """
        ),
    ]

    /// Those under `sessions:`.
    static let sessions: [Setting] = [
        .optional(
            "idle",
            .duration,
            default: SessionLifetimes.standard.idle.setting,
            "How long a person who does nothing stays signed in, from \(sessionLifetimes.setting)."
        ),
        .optional(
            "lifetime",
            .duration,
            default: SessionLifetimes.standard.lifetime.setting,
            "How long a person stays signed in at most, from \(sessionLifetimes.setting)."
        ),
    ]
}
