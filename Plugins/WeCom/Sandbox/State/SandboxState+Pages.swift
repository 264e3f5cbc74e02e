import BrokerSandbox
import Foundation

/// A page, which a person's browser opens.
struct CompanyPage: Sendable {
    let path: String
    /// The parameters in the order in which they are documented.
    let order: [String]
    /// What the URL ends with.
    let fragment: String

    static let all = [
        CompanyPage(
            path: "/wwlogin/sso/login", order: ["login_type", "appid", "agentid", "redirect_uri", "state"],
            fragment: ""),
        CompanyPage(
            path: "/connect/oauth2/authorize",
            order: ["appid", "redirect_uri", "response_type", "scope", "state", "agentid"],
            fragment: "#wechat_redirect"),
    ]
}

extension SandboxState {
    static let privateScope = "snsapi_privateinfo"

    var displayName: String { "WeCom" }

    var pages: [SignInPage<SandboxState>] {
        CompanyPage.all.map { page in
            SignInPage(page.path, fragment: page.fragment) { $0.authorize(at: page, $1, $2, at: $3) }
        }
    }

    /// Judges an authorization request, whose fragment no server sees.
    ///
    /// - Parameter decision: What the person does; nil if they have not chosen yet. Someone who declines brings back the
    ///   state alone.
    mutating func authorize(
        at page: CompanyPage,
        _ query: String,
        _ decision: Decision?,
        at now: Date
    ) -> AuthorizationOutcome {
        guard let parameters = FormText.parameters(in: query) else {
            return .error("The request has a parameter twice, or is badly encoded.")
        }
        let names = query.split(separator: "&").map { String($0.prefix { $0 != "=" }) }
        guard names == page.order else {
            return .error(
                "The parameters are not the documented ones in their order: \(page.order.joined(separator: ", ")).")
        }
        guard parameters["appid"]?.lowercased() == Company.corpId else {
            return .error("The appid is not the company's corpid (40013).")
        }
        guard parameters["agentid"] == Company.agentId else { return .error("There is no such app (301002).") }
        guard parameters["login_type"] ?? "CorpApp" == "CorpApp", parameters["response_type"] ?? "code" == "code",
            ["snsapi_base", Self.privateScope].contains(parameters["scope"] ?? "snsapi_base")
        else { return .error("The login_type, response_type or scope is not one that an app of a company may have.") }
        guard let state = parameters["state"], (1...128).contains(state.utf8.count),
            state.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return .error("The state is not letters and digits, at most 128 of them.") }
        guard let redirectURI = parameters["redirect_uri"], redirectURIs.contains(redirectURI) else {
            return .error("The redirect_uri's domain is not trusted (50001). Register it with --redirect-uri.")
        }
        switch decision {
        case nil: return .choice
        case .refuse: return .answer(RedirectAnswer(redirectURI: redirectURI, parameters: ["state": state]))
        case .agree(let person):
            let code = issueCode(.page(scope: parameters["scope"] ?? ""), to: person, at: now)
            return .answer(RedirectAnswer(redirectURI: redirectURI, parameters: ["code": code, "state": state]))
        }
    }
}
