import BrokerSandbox
import Foundation

/// The pages, which a person's browser opens.
extension SandboxState {
    /// What the URL of a page ends with.
    static let fragment = "#wechat_redirect"
    /// The parameters of a page in the order in which WeChat compares them.
    private static let order = ["appid", "redirect_uri", "response_type", "scope", "state"]

    var displayName: String { app.displayName }

    var people: [Person] { app.people }

    var pages: [SignInPage<SandboxState>] {
        guard let page = app.page else { return [] }
        return [SignInPage(page.path, fragment: Self.fragment) { $0.authorize($1, $2, at: $3) }]
    }

    /// Judges an authorization request, whose fragment no server sees.
    ///
    /// - Parameter decision: What the person does; nil if they have not chosen yet. Someone who declines brings back the state
    ///   alone.
    mutating func authorize(_ query: String, _ decision: Decision?, at now: Date) -> AuthorizationOutcome {
        guard let parameters = FormText.parameters(in: query) else {
            return .error("The request has a parameter twice, or is badly encoded.")
        }
        let names = query.split(separator: "&").map { String($0.prefix { $0 != "=" }) }
        guard names == Self.order else {
            return .error(
                "The parameters are not the documented ones in their order: \(Self.order.joined(separator: ", ")).")
        }
        guard parameters["appid"] == app.appId else { return .error("The appid is unknown (40013).") }
        guard parameters["response_type"] == "code" else { return .error("The response_type is not code.") }
        guard let scope = parameters["scope"], app.page?.scopes.contains(scope) == true else {
            return .error("The scope is not one that this app may ask for (10005).")
        }
        guard let state = parameters["state"], (1...128).contains(state.utf8.count),
            state.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return .error("The state is not letters and digits, at most 128 of them.") }
        guard let redirectURI = parameters["redirect_uri"], redirectURIs.contains(redirectURI) else {
            return .error("The redirect_uri is not registered (10003). Register it with --redirect-uri.")
        }
        // WeChat takes a domain; the sandbox lets `broker login --browser` have a port on the developer's own machine.
        guard !Self.namesPort(redirectURI) || redirectURI.hasPrefix("http://127.0.0.1:") else {
            return .error("The redirect_uri has a port (10003).")
        }
        switch decision {
        case nil: return .choice
        case .refuse: return .answer(RedirectAnswer(redirectURI: redirectURI, parameters: ["state": state]))
        case .agree(let person):
            let code = issueCode(.authorization(scope: scope), to: person, at: now)
            return .answer(RedirectAnswer(redirectURI: redirectURI, parameters: ["code": code, "state": state]))
        }
    }

    private static func namesPort(_ uri: String) -> Bool { URLComponents(string: uri)?.port != nil }
}
