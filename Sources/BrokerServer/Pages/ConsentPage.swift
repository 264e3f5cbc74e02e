import BrokerServing
import BrokerTokens
import HTTPTypes

/// What an app wants to know.
struct ConsentPage: Page {
    static let template = PageTemplate.consent

    /// The app's name.
    let app: String
    /// What it asks for, separated by spaces.
    let scope: String
    let form: PageForm

    var forms: FormPolicy { .leaving }

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        let own: [String: PageValue] = [
            "heading": PageText.allowHeading(language, app),
            "lead": PageText.allowLead(language),
            "scopes": .list(scope.split(separator: " ").map { ["text": PageText.of(scope: $0, in: language)] }),
            "allow": PageText.allow(language),
            "deny": PageText.deny(language),
        ]
        return form.values.merging(own) { $1 }
    }
}

/// Which app asks, where its address does not prove it (RFC 8252 §8.6).
struct ContinuePage: Page {
    static let template = PageTemplate.confirmation

    /// The app's name.
    let app: String
    let form: PageForm

    var forms: FormPolicy { .leaving }

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        let own: [String: PageValue] = [
            "heading": PageText.confirmHeading(language, app),
            "lead": PageText.confirmLead(language),
            "continue": PageText.goOn(language),
            "cancel": PageText.cancel(language),
        ]
        return form.values.merging(own) { $1 }
    }
}

extension PageText {
    /// What a scope means, for people; the scope itself if there are no words for it.
    static func of(scope: Substring, in language: LoginPages.Language) -> PageValue {
        switch Scope(rawValue: String(scope)) {
        case .openid?: PageText.scopeOpenID(language)
        case .profile?: PageText.scopeProfile(language)
        case .email?: PageText.scopeEmail(language)
        case .phone?: PageText.scopePhone(language)
        case .address?: PageText.scopeAddress(language)
        case nil: scope == "offline_access" ? PageText.scopeOffline(language) : .text(String(scope))
        }
    }
}
