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
        guard let target = parameters["post_logout_redirect_uri"] else { return .page("You are signed out.") }
        // §3: the address is one of a client that is known.
        guard parameters["client_id"].map({ $0 == client.id }) ?? (parameters["id_token_hint"] != nil),
            client.owns(redirectURI: target)
        else { return .page("You are signed out. The post_logout_redirect_uri is not registered.") }
        guard let state = parameters["state"] else { return .redirect(target) }
        return .redirect("\(target)\(target.contains("?") ? "&" : "?")\(FormText.encode(["state": state]))")
    }
}
