import IdentityBroker
import OAuthClient
import UpstreamAPI

/// What is wrong with settings that lead elsewhere than the declaration.
extension OAuth2Provider.Settings {
    /// The checks of endpoints, each with the keys that lead to it.
    var checksOfEndpoints: [(keys: [String], check: (Self) throws(BrokerError) -> Void)] {
        [
            (
                endpoints.keys("authorization", endpoints.authorization, declaredIn: "authorization"),
                { settings throws(BrokerError) in
                    let endpoint = try settings.authorizationEndpoint()
                    let names = settings.authorizationNames(with: try settings.checkedParameters())
                    try settings.check(endpoint, "authorization", lacks: names)
                }
            ),
            (
                endpoints.keys("token", endpoints.token, declaredIn: "token"),
                { settings throws(BrokerError) in
                    try settings.check(try settings.tokenEndpoint(), "token", lacks: settings.tokenNames)
                }
            ),
            (
                endpoints.keys("userInfo", endpoints.userInfo, declaredIn: "profile"),
                { settings throws(BrokerError) in
                    let names = settings.declaration.profile.use.names
                    try settings.check(try settings.profileEndpoint(), "userInfo", lacks: names)
                }
            ),
            (
                endpoints.keys("emails", endpoints.emails, declaredIn: "emails"),
                { settings throws(BrokerError) in
                    guard settings.declaration.emails != nil || settings.endpoints.emails == nil else {
                        throw .fault(
                            """
                            endpoints.emails is set, and the declaration has no request for e-mail addresses. Remove it.
                            """)
                    }
                    guard let emails = try settings.checkedEmails() else { return }
                    try settings.check(emails.endpoint, "emails", lacks: emails.request.use.names)
                }
            ),
        ]
    }

    func authorizationEndpoint() throws(BrokerError) -> Endpoint {
        try endpoint("authorization", endpoints.authorization, or: declaration.authorization.url)
    }

    func tokenEndpoint() throws(BrokerError) -> Endpoint {
        try endpoint("token", endpoints.token, or: declaration.token.url)
    }

    func profileEndpoint() throws(BrokerError) -> Endpoint {
        try endpoint("userInfo", endpoints.userInfo, or: declaration.profile.url)
    }

    /// How e-mail addresses are asked for; nil if they are not.
    func checkedEmails() throws(BrokerError) -> OAuth2Provider.Emails? {
        guard let request = declaration.emails, emails != .never else { return nil }
        let endpoint = try endpoint("emails", endpoints.emails, or: request.url)
        return OAuth2Provider.Emails(request: request, endpoint: endpoint, rule: emails)
    }

    /// Refuses a rule for e-mail addresses where none are asked for.
    func checkedEmailsRule() throws(BrokerError) {
        guard emails != .always || declaration.emails != nil else {
            throw .fault("emails is always, and the upstream has no endpoint for e-mail addresses. Remove it.")
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

    /// The names of the parameters of the request that redeems a code. Wherever it has them, an upstream could take those of
    /// the query.
    var tokenNames: Set<String> {
        let client: Set = [declaration.client.idName, declaration.client.secretName]
        return client.union(["grant_type", declaration.token.codeName, "redirect_uri", "code_verifier"])
            .union(declaration.authorization.carriedParameters).union(declaration.token.parameters.keys)
    }
}

extension OAuth2Provider.EndpointSettings {
    /// The keys that lead to an endpoint: the setting's, or the declaration's without one.
    fileprivate func keys(_ name: String, _ own: String?, declaredIn part: String) -> [String] {
        own == nil ? ["declaration", part, "url"] : ["endpoints", name]
    }
}
