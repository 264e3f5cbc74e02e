import BrokerSandbox
import Foundation

extension SandboxState {
    /// Judges an authorization request.
    ///
    /// - Parameters:
    ///   - query: The query of the authorization endpoint, or the form posted to it, with the parameters or with a reference
    ///     to pushed ones.
    ///   - decision: What the person does; nil if they have not chosen yet.
    mutating func authorize(_ query: String, _ decision: Decision?, at now: Date) -> AuthorizationOutcome {
        guard let given = FormText.parameters(in: query) else {
            return .error("The request has a parameter twice, or is badly encoded.")
        }
        var parameters = given
        if let reference = given["request_uri"] {
            guard let pushed = pushedRequests.value(of: reference, at: now) else {
                return .error("The request_uri is unknown, used or expired.")
            }
            guard given["client_id"] == pushed["client_id"] else {
                return .error("The request_uri is another client's.")
            }
            parameters = pushed
            if decision != nil { pushedRequests.remove(reference) }
        }
        guard parameters["client_id"] == client.id else { return .error("The client_id is unknown.") }
        guard let redirectURI = parameters["redirect_uri"], client.redirectURIs.contains(redirectURI) else {
            return .error("The redirect_uri is not registered. Register it with --redirect-uri.")
        }
        var answer: [String: String] = [:]
        if let fault = fault(in: parameters) {
            answer["error"] = fault
        } else {
            switch decision {
            case nil: return .choice
            case .refuse: answer["error"] = vendor.cancellation
            case .agree(let person): answer = issueCode(to: person, for: parameters, at: now)
            }
        }
        answer["state"] = parameters["state"]
        if vendor.namesItself { answer["iss"] = issuer }
        return .answer(
            RedirectAnswer(
                redirectURI: redirectURI, parameters: answer, isPosted: parameters["response_mode"] == "form_post"))
    }

    /// The error of a request that does not follow the protocol (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6).
    private func fault(in parameters: [String: String]) -> String? {
        guard parameters["response_type"] == "code" else { return "unsupported_response_type" }
        guard (parameters["scope"] ?? "").split(separator: " ").contains("openid") else { return "invalid_scope" }
        let mode = parameters["response_mode"] ?? "query"
        guard mode == "form_post" ? vendor.takesFormPost : mode == "query" && !vendor.requiresFormPost else {
            return "invalid_request"
        }
        switch (parameters["code_challenge"], parameters["code_challenge_method"]) {
        // Without a secret, nothing else protects the code (RFC 9700 §2.1.1).
        case (nil, nil) where !client.methods.contains(.none): break
        case (let challenge?, "S256") where Base64URL.decode(challenge)?.count == 32: break
        default: return "invalid_request"
        }
        // No one is ever signed in already.
        return parameters["prompt"] == "none" ? "login_required" : nil
    }

    private mutating func issueCode(
        to person: Person,
        for parameters: [String: String],
        at now: Date
    ) -> [String: String] {
        let code = handle("code")
        let issued = IssuedCode(consent: Consent(person: person, parameters: parameters, isNative: false))
        codes.add(issued, as: code, for: Self.codeLifetime, at: now)
        let isFirst = knownPeople.insert(person.number).inserted
        return ["code": code].merging(isFirst ? vendor.firstPost?(person) ?? [:] : [:]) { code, _ in code }
    }
}
