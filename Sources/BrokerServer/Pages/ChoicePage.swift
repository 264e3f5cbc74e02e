import BrokerServing

/// A choice of providers.
struct ChoicePage: Page {
    struct Provider: Sendable {
        let id: String
        let name: String
        let link: String
    }

    static let template = PageTemplate.login

    /// The app's name.
    let app: String
    let providers: [Provider]

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        [
            "heading": PageText.signIn(language),
            "lead": PageText.signInLead(language, app),
            "providers": .list(
                providers.map { provider in
                    [
                        "id": .text(provider.id), "link": .text(provider.link),
                        "mark": .text(String(provider.name.prefix(1)).uppercased()),
                        "label": PageText.continueWith(language, provider.name),
                    ]
                }),
        ]
    }
}
