import IdentityBroker
import OAuthClient

/// What is wrong with settings that lead elsewhere than the declaration.
extension OAuth2Provider.Settings {
    /// Refuses settings about e-mail addresses where none are asked for.
    func checkedEffect() throws(BrokerError) {
        guard declaration.emails == nil else { return }
        guard emails != .always else {
            throw .fault("emails is always, and the upstream has no endpoint for e-mail addresses. Remove it.")
        }
        guard endpoints.emails == nil else {
            throw .fault("endpoints.emails is set, and the declaration has no request for e-mail addresses. Remove it.")
        }
    }

    /// The web address of the server that says who users are, where a setting leads to another one than the declaration's;
    /// otherwise nil. Under the declaration's issuer, whoever runs that server could be any of the declared upstream's
    /// users.
    var anotherServer: String? {
        let stating = [
            (endpoints.userInfo, declaration.profile.url),
            (declaration.tokenSubject.isEmpty ? nil : endpoints.token, declaration.token.url),
        ]
        for (own, declared) in stating {
            guard let own = own.flatMap({ Endpoint($0) }), own.authority != declared.endpoint(at: place)?.authority
            else { continue }
            return String(own.text.dropLast(own.target.count))
        }
        return nil
    }

    /// The names that the upstream may give itself in its answers (RFC 9207); nil for the issuer alone.
    func checkedAuthorizationIssuers(for issuer: Issuer) throws(BrokerError) -> [String]? {
        if let authorizationIssuers {
            let areNames = authorizationIssuers.allSatisfy { Endpoint($0)?.target.contains("?") == false }
            guard areNames, !authorizationIssuers.isEmpty else {
                throw .fault("authorizationIssuers has absolute URLs without query and fragment, one at least.")
            }
            return authorizationIssuers
        }
        // The declaration's are names of the declared upstream, not of another one.
        let declared = declaration.authorization.issuers
        guard !declared.isEmpty, issuer.rawValue == declaration.issuer.text(at: place) else { return nil }
        return [issuer.rawValue] + declared.map { $0.text(at: place) }
    }

    /// Refuses an endpoint that has a parameter in its own query which a request adds to it.
    func check(_ endpoint: Endpoint, _ name: String, lacks names: Set<String>) throws(BrokerError) {
        guard endpoint.parameterNames.isDisjoint(with: names) else {
            throw .fault(
                """
                The \(name) endpoint has a parameter in its query that the request adds itself. Take it out of \
                endpoints.\(name), or of the declaration.
                """)
        }
    }

    /// The names of the parameters of an authorization request.
    func authorizationNames(with parameters: FormFields) -> Set<String> {
        parameters.names.union(["redirect_uri", "state", "code_challenge", "code_challenge_method"])
    }

    /// The names of the parameters that the request which redeems a code has in its query.
    func tokenQueryNames(as method: ClientMethod) -> Set<String> {
        let client: Set = [declaration.client.idName, declaration.client.secretName]
        guard declaration.token.method == .get else { return method == .query ? client : [] }
        return client.union(["grant_type", declaration.token.codeName, "redirect_uri", "code_verifier"])
            .union(declaration.authorization.carriedParameters).union(declaration.token.parameters.keys)
    }
}
