import BrokerServing

/// Whether to sign out.
struct LogoutPage: Page {
    static let template = PageTemplate.logout

    let form: PageForm

    var forms: FormPolicy { .leaving }

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        let own: [String: PageValue] = [
            "heading": PageText.logoutHeading(language),
            "lead": PageText.logoutLead(language),
            "logout": PageText.logout(language),
        ]
        return form.values.merging(own) { $1 }
    }
}

/// No one is signed in.
struct SignedOutPage: Page {
    static let template = PageTemplate.signedOut

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        ["heading": PageText.signedOutHeading(language), "lead": PageText.signedOutLead(language)]
    }
}
