import BrokerSandbox
import Foundation

/// The page, which a person's browser opens.
extension SandboxState {
    static let authorizationPath = "/open-apis/authen/v1/authorize"

    var displayName: String { "Feishu" }

    var pages: [SignInPage<SandboxState>] {
        [SignInPage(Self.authorizationPath) { $0.authorize($1, $2, at: $3) }]
    }

    /// Judges an authorization request.
    ///
    /// - Parameter decision: What the person does; nil if they have not chosen yet.
    mutating func authorize(_ query: String, _ decision: Decision?, at now: Date) -> AuthorizationOutcome {
        guard let parameters = FormText.parameters(in: query) else {
            return .error("The request has a parameter twice, or is badly encoded.")
        }
        guard parameters["client_id"] == Tenancy.appId else { return .error("The client_id is unknown (20048).") }
        guard parameters["response_type"] == "code" else { return .error("The response_type is not code.") }
        guard let redirectURI = parameters["redirect_uri"], redirectURIs.contains(redirectURI) else {
            return .error("The redirect_uri is not registered (20029). Register it with --redirect-uri.")
        }
        guard let state = parameters["state"], !state.isEmpty else { return .error("There is no state.") }
        let challenge = parameters["code_challenge"]
        guard challenge == nil || parameters["code_challenge_method"] == "S256" else {
            return .error("The code_challenge_method is not S256.")
        }
        switch decision {
        case nil: return .choice
        case .refuse:
            return .answer(
                RedirectAnswer(redirectURI: redirectURI, parameters: ["error": "access_denied", "state": state]))
        case .agree(let person):
            let scopes = (parameters["scope"] ?? "").split(separator: " ").map(String.init)
            let page = IssuedCode.Origin.page(redirectURI: redirectURI, challenge: challenge, scopes: scopes)
            let code = issueCode(page, to: person, at: now)
            return .answer(RedirectAnswer(redirectURI: redirectURI, parameters: ["code": code, "state": state]))
        }
    }
}
