import BrokerServing
import BrokerTokens
import HTTPTypes

/// Why it does not go on, and where to begin again.
struct ErrorPage: Page {
    /// Where to begin again.
    enum Restart: Sendable {
        /// The same login, or another page of ours.
        case login(String)
        /// The app of this name, at this address.
        case app(String, String)
    }

    static let template = PageTemplate.error

    private let reason: PageReason
    private let detail: String
    /// The id of the request.
    private let request: String
    private let restart: Restart?
    var status: HTTPResponse.Status = .badRequest

    init(_ error: OAuthError, request: String, restart: Restart?) {
        reason = error.pageReason
        detail = error.message
        self.request = request
        self.restart = restart
    }

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        let texts = reason.texts
        var values: [String: PageValue] = [
            "heading": texts.heading(language),
            "lead": texts.lead(language),
            "request_label": PageText.request(language),
            "request": .text(request),
        ]
        // For the app's developers: no one else can do anything about it.
        if reason == .badRequest { values["detail"] = .text(detail) }
        switch restart {
        case .login(let link)?:
            values["restart"] = .list([["link": .text(link), "label": PageText.beginAgain(language)]])
        case .app(let name, let link)?:
            values["restart"] = .list([["link": .text(link), "label": PageText.backToApp(language, name)]])
        case nil: break
        }
        return values
    }
}
