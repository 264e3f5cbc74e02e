import BrokerServing
import BrokerTokens
import Foundation

/// Where a person is signed in, and what they have allowed.
struct AccountPage: Page {
    static let template = PageTemplate.account

    let overview: AccountOverview
    /// The names of the providers, by their ids.
    let providers: [String: String]
    let form: PageForm
    /// The path of the page that asks whether to sign out.
    let logout: String

    var forms: FormPolicy { .own }

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        let own: [String: PageValue] = [
            "heading": PageText.accountHeading(language),
            "lead": PageText.accountLead(language),
            "sessions_heading": PageText.sessions(language),
            "sessions": .list(overview.sessions.map { values(of: $0, in: language) }),
            "consents_heading": PageText.consents(language),
            "consents": .list(
                overview.consents.map { ["id": .text($0.client), "app": .text($0.name), "scope": .text($0.scope)] }),
            "none": PageText.noConsents(language),
            "end": PageText.end(language),
            "logout": PageText.logout(language),
            "logout_link": .text(logout),
        ]
        return form.values.merging(own) { $1 }
    }

    private func values(
        of session: AccountOverview.SessionEntry,
        in language: LoginPages.Language
    ) -> [String: PageValue] {
        var values: [String: PageValue] = [
            "id": .text(session.id.uuidString.lowercased()),
            "provider": .text(providers[session.provider] ?? session.provider),
            "opened": PageText.opened(language, Self.text(of: session.opened)),
            "used": PageText.used(language, Self.text(of: session.lastUse)),
        ]
        if session.isCurrent { values["current"] = PageText.current(language) }
        return values
    }

    /// A time as numbers, which every language reads. The browser's time zone is not known.
    private static func text(of date: Date) -> String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day().time(
            includingFractionalSeconds: false)
        return date.formatted(style) + " UTC"
    }
}
