import BrokerSandbox
import Foundation

/// The page, which a person's browser opens.
extension SandboxState {
    static let pagePath = "/oauth2/auth"

    var displayName: String { "DingTalk" }

    var pages: [SignInPage<SandboxState>] { [SignInPage(Self.pagePath) { $0.authorize($1, $2, at: $3) }] }

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
