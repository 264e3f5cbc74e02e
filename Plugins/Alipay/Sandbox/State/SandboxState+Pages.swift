import BrokerSandbox
import Foundation

/// The page, which a person's browser opens.
extension SandboxState {
    static let pagePath = "/oauth2/publicAppAuthorize.htm"

    var displayName: String { "Alipay" }

    var pages: [SignInPage<SandboxState>] { [SignInPage(Self.pagePath) { $0.authorize($1, $2, at: $3) }] }

    /// Judges an authorization request.
    ///
    /// - Parameter decision: What the person does; nil if they have not chosen yet. Someone who declines brings back the state
    ///   alone.
    mutating func authorize(_ query: String, _ decision: Decision?, at now: Date) -> AuthorizationOutcome {
        guard let parameters = FormText.parameters(in: query) else {
            return .error("The request has a parameter twice, or is badly encoded.")
        }
        guard parameters["app_id"] == appId else { return .error("The app_id is unknown.") }
        guard let scope = parameters["scope"], ["auth_user", "auth_base"].contains(scope) else {
            return .error("The scope is neither auth_user nor auth_base.")
        }
        guard let state = parameters["state"], (1...256).contains(state.utf8.count),
            state.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return .error("The state is not letters and digits.") }
        guard let redirectURI = parameters["redirect_uri"], redirectURIs.contains(redirectURI) else {
            return .error("The redirect_uri is not registered. Register it with --redirect-uri.")
        }
        switch decision {
        case nil: return .choice
        case .refuse: return .answer(RedirectAnswer(redirectURI: redirectURI, parameters: ["state": state]))
        case .agree(let person):
            let code = issueCode(to: person, scope: scope, at: now)
            return .answer(
                RedirectAnswer(
                    redirectURI: redirectURI,
                    parameters: [
                        "app_id": appId, "source": "alipay_wallet", "scope": scope, "state": state, "auth_code": code,
                    ]))
        }
    }
}
