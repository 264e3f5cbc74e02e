import IdentityBroker

/// A page of the broker's own that a person has to be signed in to see.
package enum OwnPage: String, Sendable, Hashable, Codable, CaseIterable {
    /// What they have open, and what they allow.
    case account
    /// Which device may sign in.
    case device
}

extension OwnPage {
    /// What the page is called where events and limits name a client.
    fileprivate var clientID: String { "page:\(rawValue)" }

    /// The page as a client that gets nothing, and may use every instance.
    ///
    /// - Throws: ``OAuthError`` if it cannot be made.
    func client(of issuer: String) throws(OAuthError) -> TokenClient {
        let name = UpstreamURL(issuer)?.host
        do throws(BrokerError) {
            return try TokenClient(
                id: clientID, displayName: name, authentication: .none, grants: [], audiences: [])
        } catch {
            throw OAuthError(.serverError, "The page cannot be shown.")
        }
    }
}

extension AuthenticationRequest {
    /// A request for a session alone: the browser goes on to the page.
    ///
    /// - Parameter query: What the page gets in its query; nil for nothing.
    init(for page: OwnPage, with query: String?) {
        self.init(
            client: page.clientID,
            target: ResponseTarget(redirectURI: page.rawValue, mode: .query, state: query),
            scope: ScopeList([], isOffline: false), audiences: [], nonce: nil, challenge: nil, prompts: [], maxAge: nil,
            claims: ClaimsRequest(), provider: nil, loginHint: nil, uiLocales: [], acrValues: [], ownPage: page)
    }
}

extension TokenService {
    /// Has a person sign in for a page of ours; without a page in between if they are.
    ///
    /// - Parameter query: What the page gets in its query; nil for nothing.
    /// - Throws: ``AuthorizationRefusal``, always for a page.
    package func authorize(
        for page: OwnPage,
        with query: String?,
        in cookies: BrowserCookies
    ) async throws(AuthorizationRefusal) -> AuthorizationProgress {
        let browser = cookies.browser ?? BoundSecret(randomness)
        let request = AuthenticationRequest(for: page, with: query)
        let action = begin(.authorization, by: request.client)
        return try await answering(request) { () throws(OAuthError) in
            try await perform(action) { action throws(OAuthError) in
                try await proceed(
                    LoginTransaction(request, in: browser), nil, browser, cookies.session, recording: &action)
            }
        }
    }
}
