import IdentityBroker

extension TokenService {
    /// Signs a person out, or has them asked (OpenID Connect RP-Initiated Logout 1.0 §2).
    ///
    /// - Parameters:
    ///   - text: The query of a `GET`, or the form of a `POST`.
    ///   - isConfirmed: Whether the person has said on a page of ours that they want to sign out.
    /// - Throws: ``OAuthError`` for a page: `invalid_request` for parameters that cannot be read; with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails.
    package func logOut(
        _ text: Substring,
        in cookies: BrowserCookies,
        isConfirmed: Bool = false
    ) async throws(OAuthError) -> LogoutProgress {
        let parameters = try RequestParameters(text)
        var hint: IDTokenHint?
        if let token = parameters["id_token_hint"] { hint = try await idTokenHint(Secret(token)) }
        let request = LogoutRequest(parameters, hint, from: clients)
        switch request.nextStep(in: try await keptSession(cookies.session), isConfirmed: isConfirmed) {
        case .ask: return .ask
        case .done: break
        // Whoever was faster has ended it as well.
        case .end(let session): _ = try await end(session)
        }
        return .signedOut(destination: request.destination)
    }
}
