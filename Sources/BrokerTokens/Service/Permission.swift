/// What an access token will permit.
struct Permission: Hashable {
    let scope: ScopeList
    let audiences: [String]

    /// What a client gets when it exchanges a credential.
    ///
    /// - Throws: ``OAuthError`` with `invalid_scope` or `invalid_target`.
    init(_ scope: String?, _ audiences: [String], for client: TokenClient) throws(OAuthError) {
        self.scope = try ScopeList(scope)
        if audiences.isEmpty {
            guard client.audiences.count == 1 else {
                throw OAuthError(.invalidTarget, "The client has several audiences: name the ones the token is for.")
            }
            self.audiences = client.audiences
        } else {
            guard client.audiences.containsAll(audiences) else {
                throw OAuthError(.invalidTarget, "The client may not get tokens for this audience.")
            }
            self.audiences = client.audiences.filter(audiences.contains)
        }
    }

    /// What a client gets when it refreshes: at most what was granted, minus what it may no longer have.
    ///
    /// - Throws: ``OAuthError`` with `invalid_scope` or `invalid_target` for more than was granted, and with
    ///   `invalid_grant` for what the client may no longer have.
    init(
        narrowing details: GrantDetails,
        to scope: ScopeList?,
        _ audiences: [String],
        for client: TokenClient
    ) throws(OAuthError) {
        guard let granted = ScopeList(stored: details.scope) else { throw .grantUnreadable }
        self.scope = scope ?? granted
        guard self.scope.scopes.isSubset(of: granted.scopes) else {
            throw OAuthError(.invalidScope, "The scope is more than was granted.")
        }
        guard details.audiences.containsAll(audiences) else {
            throw OAuthError(.invalidTarget, "The audience is not among those that were granted.")
        }
        self.audiences = audiences.isEmpty ? details.audiences : details.audiences.filter(audiences.contains)
        guard client.audiences.containsAll(self.audiences) else {
            throw OAuthError(.invalidGrant, "The client may no longer get tokens for this audience.")
        }
    }
}

extension [String] {
    fileprivate func containsAll(_ others: [String]) -> Bool {
        others.allSatisfy(contains)
    }
}
