import IdentityBroker
import JOSE
import OAuthClient
import UpstreamAPI

/// What is wrong with settings, by the setting to change. None of the messages repeats a value.
extension OpenIDConnectProvider.Settings {
    /// The longest tolerance for clocks: beyond it, a clock should be set instead.
    private static let longestTolerance = Duration.seconds(300)
    /// Claims that a person or an administrator can change, or that someone else may have later.
    private static let changingClaims: Set = [
        "email", "name", "nickname", "phone_number", "preferred_username", "profile", "upn", "website",
    ]

    /// The issuer of the instance: the configured one, whichever tenants are let in. Spent tokens are remembered under it.
    func checkedIssuer(of issuers: ExpectedIssuers) throws(BrokerError) -> Issuer {
        guard !self.issuer.contains("/.well-known/") else {
            throw .fault("issuer is not the discovery document's address. Leave out '/.well-known/' and what follows.")
        }
        // Discovery §3 and §4.3: a URL without query and fragment, compared byte by byte.
        guard let issuer = Issuer(issuer), Issuer(issuers.longestIssuer) != nil,
            let location = Endpoint(issuers.location(at: discoveryTenant)), !location.target.contains("?")
        else {
            throw .fault(
                """
                issuer must be an absolute URL without query and fragment, as in https://id.example.com, of at most 255 \
                bytes, also with a tenant's id of 36 in place of {tenantid}.
                """)
        }
        return issuer
    }

    /// The issuers that `iss` may name.
    func checkedIssuers() throws(BrokerError) -> ExpectedIssuers {
        for alias in issuerAliases where Issuer(alias) == nil {
            throw .fault("issuerAliases has an element that is empty, longer than 255 bytes, or not visible ASCII.")
        }
        return ExpectedIssuers(issuer: issuer, aliases: issuerAliases, tenants: try checkedTenants())
    }

    /// Nil for an issuer without a placeholder.
    private func checkedTenants() throws(BrokerError) -> ExpectedIssuers.Tenants? {
        guard issuer.contains(ExpectedIssuers.placeholder) else {
            guard tenants.isEmpty else {
                throw .fault("tenants has elements, and there is no {tenantid} in issuer.")
            }
            return nil
        }
        let isWord =
            !discoveryTenant.isEmpty && discoveryTenant.utf8.count <= 64
            && discoveryTenant.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
        guard isWord else {
            throw .fault("discoveryTenant must be a tenant's id, its domain, or a word such as organizations.")
        }
        // Under a spelling that is every tenant's, a token could name any tenant as its own.
        guard issuerAliases.allSatisfy({ $0.contains(ExpectedIssuers.placeholder) }) else {
            throw .fault("issuerAliases has an element without {tenantid}, which issuer has.")
        }
        if tenants == ["any"] { return .any }
        guard !tenants.isEmpty, tenants.allSatisfy(ExpectedIssuers.isTenantID) else {
            throw .fault("tenants must list tenants by their ids, which are GUIDs in lower case, or any alone.")
        }
        return .listed(tenants)
    }

    func checkedAuthentication(
        at issuers: ExpectedIssuers,
        secret: Secret?,
        in context: ProviderContext
    ) throws(BrokerError) -> ClientAuthentication {
        guard ClientText.isClientId(clientId) else {
            throw .fault("clientId must be 1 to 255 printable ASCII characters: what the provider calls the client.")
        }
        let proof = try checkedProof(at: issuers, secret: secret, in: context)
        if let authMethod, !proof.methods.contains(authMethod) {
            throw switch (authMethod, proof) {
            case (.none, _): .fault("authMethod is none, and there is a clientSecret or a clientAssertion. Remove one.")
            case (.privateKeyJWT, _): .fault("authMethod needs clientAssertion, and no clientSecret.")
            default: .fault("authMethod needs clientSecret. Set it, or remove authMethod.")
            }
        }
        if let secret {
            guard ClientText.isClientSecret(secret) else {
                throw .fault("clientSecret has a character that is not printable ASCII, so it is not the provider's.")
            }
        }
        let usual = peculiarities.authMethod.flatMap { proof.methods.contains($0) ? $0 : nil }
        return ClientAuthentication(clientId: clientId, proof: proof, method: authMethod ?? usual)
    }

    private func checkedProof(
        at issuers: ExpectedIssuers,
        secret: Secret?,
        in context: ProviderContext
    ) throws(BrokerError) -> ClientAuthentication.Proof {
        if let signed = peculiarities.assertionAsSecret, secret == nil, clientAssertion == nil {
            return .signedSecret(try signedSecret(signed, for: issuers, in: context))
        }
        switch (secret, clientAssertion) {
        case (nil, nil): return .none
        case (let secret?, nil): return .secret(secret)
        case (nil, let assertion?): return .assertion(try self.assertion(assertion, for: issuers, in: context))
        case (.some, .some): throw .fault("There is a clientSecret and a clientAssertion. Remove one of them.")
        }
    }

    private static func isDomain(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1
            && labels.allSatisfy { label in
                !label.isEmpty && label.utf8.allSatisfy { $0.isUnreserved && $0 != UInt8(ascii: "~") }
            }
    }

    func checkedScopes() throws(BrokerError) -> [String] {
        guard scopes.allSatisfy(ClientText.isScope) else {
            throw .fault("scopes has an element that is not a scope: visible ASCII without white space and quotes.")
        }
        guard scopes.contains("openid") else {
            throw .fault("scopes must contain openid; without it, there is no ID token.")
        }
        return scopes
    }

    func checkedRules(issuers: ExpectedIssuers, secret: Secret?) throws(BrokerError) -> IDTokenRules {
        let isText: (String) -> Bool = { !$0.isEmpty && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
        guard audiences.allSatisfy(isText) else {
            throw .fault("audiences has an element that is empty or not visible ASCII.")
        }
        guard hostedDomains.allSatisfy(Self.isDomain) else {
            throw .fault("hostedDomains has an element that is not a whole domain, as in example.com.")
        }
        guard !subjectClaims.isEmpty, subjectClaims.allSatisfy(isText),
            Self.changingClaims.isDisjoint(with: subjectClaims)
        else {
            throw .fault("subjectClaims names the claims that identify a person for good: sub, and never email.")
        }
        // RFC 9700 §2.1.1: without either, a stolen code signs anyone in.
        guard pkce == .required || nonce == .required || nonce == .hashed || peculiarities.reliesOnStateAlone else {
            throw .fault("pkce is off, so nonce must be required.")
        }
        guard !idTokenAlgorithms.isEmpty else {
            throw .fault("idTokenAlgorithms is empty, so that no ID token is valid.")
        }
        guard (.zero...Self.longestTolerance).contains(clockTolerance) else {
            throw .fault("clockTolerance is at most 5m. Set the machine's clock instead.")
        }
        var key: VerificationKey?
        if idTokenAlgorithms.contains(.hs256) {
            // RFC 7518 §3.2.
            guard let secret, secret.byteCount >= 32 else {
                throw .fault("idTokenAlgorithms has HS256, which needs a clientSecret of at least 32 bytes.")
            }
            key = VerificationKey(secret: secret.revealBytes())
        }
        return IDTokenRules(
            issuers: issuers, clientId: clientId, audiences: audiences, algorithms: idTokenAlgorithms, secretKey: key,
            hostedDomains: hostedDomains, maxAge: maxAge, tolerance: clockTolerance)
    }

    func checkedEndpoints() throws(BrokerError) -> ProviderMetadata.Endpoints {
        func endpoint(_ text: String?, _ name: String) throws(BrokerError) -> Endpoint? {
            guard let text else { return nil }
            guard let endpoint = Endpoint(text) else {
                throw .fault("endpoints.\(name) must be an absolute URL without user name and fragment.")
            }
            return endpoint
        }
        return ProviderMetadata.Endpoints(
            authorization: try endpoint(endpoints.authorization, "authorization"),
            token: try endpoint(endpoints.token, "token"),
            userInfo: try endpoint(endpoints.userInfo, "userInfo"),
            keys: try endpoint(endpoints.jwks, "jwks"),
            endSession: try endpoint(endpoints.endSession, "endSession"))
    }

    /// The parameters of the authorization request that are the same at each login.
    func checkedParameters(scopes: [String]) throws(BrokerError) -> FormFields {
        let isPrintable = FurtherParameters.isPrintable
        guard acrValues.allSatisfy({ isPrintable($0) && !$0.contains(" ") }), prompt.map(isPrintable) ?? true else {
            throw .fault("acrValues and prompt contain printable ASCII, and an element of acrValues no spaces.")
        }
        var fields = FormFields()
        fields.add("response_type", "code")
        fields.add("client_id", clientId)
        fields.add("scope", scopes.joined(separator: " "))
        if responseMode != .query { fields.add("response_mode", responseMode.rawValue) }
        if !acrValues.isEmpty { fields.add("acr_values", acrValues.joined(separator: " ")) }
        if let prompt { fields.add("prompt", prompt) }
        if let maxAge { fields.add("max_age", "\(maxAge.components.seconds)") }
        for parameter in peculiarities.requestParameters { fields.add(parameter.name, parameter.value) }
        try FurtherParameters.add(parameters, to: &fields)
        return fields
    }
}

extension BrokerError {
    static func fault(_ message: String) -> BrokerError { BrokerError(.misconfigured, message) }
}
