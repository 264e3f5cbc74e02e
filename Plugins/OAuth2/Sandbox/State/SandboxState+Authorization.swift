import BrokerSandbox
import Foundation

extension SandboxState {
    /// Judges an authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3).
    ///
    /// - Parameters:
    ///   - query: The query of the authorization endpoint.
    ///   - decision: What the person does; nil if they have not chosen yet.
    mutating func authorize(_ query: String, _ decision: Decision?, at now: Date) -> AuthorizationOutcome {
        guard let parameters = FormText.parameters(in: query) else {
            return .error("The request has a parameter twice, or is badly encoded.")
        }
        guard parameters[vendor.idName] == client.id else { return .error("The \(vendor.idName) is unknown.") }
        guard let redirectURI = parameters["redirect_uri"], client.redirectURIs.contains(redirectURI) else {
            return .error("The redirect_uri is not registered. Register it with --redirect-uri.")
        }
        var answer: [String: String]
        if let fault = fault(in: parameters) {
            answer = ["error": fault]
        } else {
            switch decision {
            case nil: return .choice
            case .refuse: answer = vendor.cancellation
            case .agree(let person): answer = issueCode(to: person, for: parameters, at: now)
            }
        }
        answer["state"] = parameters["state"]
        return .answer(RedirectAnswer(redirectURI: redirectURI, parameters: answer))
    }

    /// The error of a request that does not follow the protocol (RFC 6749 §4.1.2.1, RFC 7636 §4.4.1).
    private func fault(in parameters: [String: String]) -> String? {
        guard parameters["response_type"] == "code" else { return "unsupported_response_type" }
        guard vendor.challenges != .ignored else { return nil }
        switch (parameters["code_challenge"], parameters["code_challenge_method"]) {
        case (nil, nil) where vendor.challenges == .checked: return nil
        case (let challenge?, "S256") where Base64URL.decode(challenge)?.count == 32: return nil
        default: return "invalid_request"
        }
    }

    private mutating func issueCode(
        to person: Person,
        for parameters: [String: String],
        at now: Date
    ) -> [String: String] {
        let scopes = (parameters[vendor.scopeName] ?? "").split(separator: vendor.scopeSeparator).map(String.init)
        let consent = Consent(person: person, scopes: Set(scopes), parameters: parameters)
        var answer = vendor.returned(site.base)
        answer["state"] = parameters["state"]
        let code = handle("code")
        codes.add(IssuedCode(consent: consent, returned: answer), as: code, for: Self.codeLifetime, at: now)
        answer[vendor.codeName] = code
        return answer
    }
}
