import BrokerSandbox
import Foundation
import LoopbackServer

/// The page, which a person's browser opens.
extension SandboxState {
    static let pagePath = "/oauth2/auth"

    /// Answers what a person's browser opens.
    mutating func answerBrowser(_ request: ReceivedRequest, at now: Date) -> ServerScript {
        guard request.method == "GET" else {
            return Page(heading: "Not possible", text: "Open this page with GET.").script(status: 405)
        }
        guard request.path == Self.pagePath else {
            return Page(heading: "Not found", text: "There is no page here.").script(status: 404)
        }
        let (query, decision) = Page.choice(in: request.query, among: Person.all)
        return Page.script(of: authorize(query, decision, at: now), at: "DingTalk", among: Person.all, query: query)
    }

    /// Judges an authorization request.
    ///
    /// - Parameter decision: What the person does; nil if they have not chosen yet.
    mutating func authorize(_ query: String, _ decision: Decision?, at now: Date) -> AuthorizationOutcome {
        guard let parameters = FormText.parameters(in: query) else {
            return .error("The request has a parameter twice, or is badly encoded.")
        }
        guard parameters["client_id"] == clientId else { return .error("The client_id is unknown.") }
        guard parameters["response_type"] == "code" else { return .error("The response_type is not code.") }
        guard let scope = parameters["scope"], ["openid", "openid corpid"].contains(scope) else {
            return .error("The scope is neither openid nor openid corpid.")
        }
        guard parameters["prompt"] == "consent" else { return .error("The prompt is not consent.") }
        guard let state = parameters["state"], !state.isEmpty else { return .error("The state is missing.") }
        guard let redirectURI = parameters["redirect_uri"], redirectURIs.contains(redirectURI) else {
            return .error("The redirect_uri is not registered. Register it with --redirect-uri.")
        }
        switch decision {
        case nil: return .choice
        case .refuse:
            return .answer(
                RedirectAnswer(redirectURI: redirectURI, parameters: ["error": "access_denied", "state": state]))
        case .agree(let person):
            let code = issueCode(to: person, at: now)
            return .answer(
                RedirectAnswer(
                    redirectURI: redirectURI, parameters: ["authCode": code, "code": code, "state": state]))
        }
    }
}
