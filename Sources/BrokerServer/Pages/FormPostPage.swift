import BrokerServing
import BrokerTokens

/// The way of an answer to an app by a form (OAuth 2.0 Form Post Response Mode §2).
struct FormPostPage: Page {
    static let template = PageTemplate.formPost

    private let response: AuthorizationResponse
    private let script: String

    /// - Parameter script: The path of ``SubmitScript``.
    init(_ response: AuthorizationResponse, script: String) {
        self.response = response
        self.script = script
    }

    var forms: FormPolicy { .submitted(to: Self.source(of: response.redirectURI)) }

    func values(in language: LoginPages.Language) -> [String: PageValue] {
        [
            "heading": PageText.formPostHeading(language),
            "lead": PageText.formPostLead(language),
            "action": .text(response.redirectURI),
            "fields": .fields(response.parameters),
            "continue": PageText.goOn(language),
            "script": .text(script),
        ]
    }

    /// What a Content-Security-Policy calls the origin of an address; its scheme where there is no host (CSP Level 3 §2.3.1).
    ///
    /// A registered redirect URI has none of the characters that would end it.
    private static func source(of uri: String) -> String {
        guard let start = uri.firstRange(of: "://"), uri.hasPrefix("http") else {
            return String(uri.prefix { $0 != ":" }) + ":"
        }
        let end = uri[start.upperBound...].firstIndex { "/?;,".contains($0) } ?? uri.endIndex
        return String(uri[..<end])
    }
}
