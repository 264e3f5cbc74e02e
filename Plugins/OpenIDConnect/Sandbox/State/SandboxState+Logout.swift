import BrokerSandbox

/// What becomes of a request to sign out (OpenID Connect RP-Initiated Logout 1.0 §2).
enum LogoutOutcome: Sendable, Hashable {
    /// A page that says so.
    case page(String)
    /// The browser is sent to the client.
    case redirect(String)
}

extension SandboxState {
    /// Signs a person out, of whom nothing is kept, and sends the browser to one of the client's redirect URIs alone.
    func logOut(_ query: String) -> LogoutOutcome {
        guard let parameters = FormText.parameters(in: query) else {
            return .page("The request has a parameter twice, or is badly encoded.")
        }
        if let id = parameters["client_id"], id != client.id { return .page("The client_id is unknown.") }
        let hint = parameters["id_token_hint"]
        if let hint, !isOwn(hint) { return .page("The id_token_hint is no ID token of this client.") }
        guard let target = parameters["post_logout_redirect_uri"] else { return .page("You are signed out.") }
        // §3: without a hint, nothing shows that the request comes from the client.
        guard hint != nil else { return .page("You are signed out. The id_token_hint that leads back is missing.") }
        guard client.redirectURIs.contains(target) else {
            return .page("You are signed out. The post_logout_redirect_uri is not registered.")
        }
        guard let state = parameters["state"] else { return .redirect(target) }
        return .redirect("\(target)\(target.contains("?") ? "&" : "?")\(FormText.encode(["state": state]))")
    }

    /// Whether it is an ID token that was issued to the client, however long ago (§2).
    private func isOwn(_ idToken: String) -> Bool {
        guard let claims = key.verified(idToken), claims["aud"] as? String == client.id,
            let person = people.first(where: { vendor.subject($0) == claims["sub"] as? String })
        else { return false }
        return claims["iss"] as? String == vendor.tokenIssuer(person, issuer)
    }
}
