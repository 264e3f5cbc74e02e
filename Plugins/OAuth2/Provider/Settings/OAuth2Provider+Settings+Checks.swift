import IdentityBroker
import OAuthClient
import UpstreamAPI

/// What is wrong with settings, by the setting to change. None of the messages repeats a value.
extension OAuth2Provider.Settings {
    /// What stands for `{host}`.
    var place: String? { host ?? declaration.host }

    /// The checks that concern one setting, each with the keys that lead to it.
    var checksOfOneSetting: [(keys: [String], check: (Self) throws(BrokerError) -> Void)] {
        [
            (["host"], { settings throws(BrokerError) in try settings.checkedHost() }),
            (["issuer"], { settings throws(BrokerError) in _ = try settings.checkedIssuer() }),
            (["clientId"], { settings throws(BrokerError) in try settings.checkedClientId() }),
            (["scopes"], { settings throws(BrokerError) in try settings.checkedScopes() }),
            (["emails"], { settings throws(BrokerError) in try settings.checkedEmailsRule() }),
            (["parameters"], { settings throws(BrokerError) in _ = try settings.checkedParameters() }),
        ] + checksOfEndpoints
    }

    func checkedHost() throws(BrokerError) {
        guard let host else { return }
        guard Declaration.isHost(host) else { throw .fault(Declaration.hostAdvice) }
        guard declaration.needsHost else {
            throw .fault("host has no place: the declaration has no {host}. Remove one, or add the other.")
        }
    }

    func checkedIssuer() throws(BrokerError) -> Issuer {
        let text = issuer ?? anotherServer ?? declaration.issuer.text(at: place)
        guard let issuer = Issuer(text), let address = Endpoint(text), !address.target.contains("?") else {
            throw .fault(
                needsHost(declaration.issuer) && issuer == nil
                    ? Self.missingHost
                    : """
                    issuer must be an absolute URL without query and fragment, as in https://git.example.com, of at most \
                    255 bytes.
                    """)
        }
        return issuer
    }

    /// An endpoint: the setting's, or the declaration's.
    func endpoint(_ name: String, _ own: String?, or template: AddressTemplate) throws(BrokerError) -> Endpoint {
        if let own {
            guard let endpoint = Endpoint(own) else {
                throw .fault("endpoints.\(name) must be an absolute URL without user name and fragment.")
            }
            return endpoint
        }
        guard !needsHost(template), let endpoint = template.endpoint(at: place) else { throw .fault(Self.missingHost) }
        return endpoint
    }

    private func needsHost(_ template: AddressTemplate) -> Bool { template.needsHost && place == nil }

    private static let missingHost =
        "host is missing: the upstream has no host of its own. Set it, as in git.example.com."

    func checkedClientId() throws(BrokerError) {
        guard ClientText.isClientId(clientId) else {
            throw .fault("clientId must be 1 to 255 printable ASCII characters: what the provider calls the client.")
        }
    }

    func checkedScopes() throws(BrokerError) {
        let separator = declaration.authorization.scopeSeparator
        guard scopes.allSatisfy({ ClientText.isScope($0) && !$0.contains(separator) }) else {
            throw .fault(
                "scopes has an element that is not a scope: visible ASCII without white space, quotes and separators.")
        }
    }

    func checkedClient(in context: ProviderContext) throws -> Client {
        try checkedClientId()
        let method = authMethod ?? (clientSecret == nil ? .none : declaration.client.authMethod)
        if declaration.token.method == .get, [.post, .json].contains(method) {
            throw BrokerError.fault(
                "authMethod puts the secret into a body, and the upstream's codes are redeemed with GET.")
        }
        guard (method == .none) == (clientSecret == nil) else {
            throw BrokerError.fault(
                method == .none
                    ? "The client is public, by authMethod or by the declaration, and there is a clientSecret. Remove it."
                    : "authMethod needs clientSecret. Set it, or remove authMethod.")
        }
        let wantsProof =
            declaration.profile.proofName != nil || (emails != .never && declaration.emails?.proofName != nil)
        guard !wantsProof || clientSecret != nil else {
            throw BrokerError.fault("The upstream wants a proof that the client has its secret. Set clientSecret.")
        }
        let secret = try clientSecret.map { try context.resolve($0) }
        if let secret, !ClientText.isClientSecret(secret) {
            throw BrokerError.fault(
                "clientSecret has a character that is not printable ASCII, so it is not the provider's.")
        }
        return Client(
            id: clientId, secret: secret, method: method, idName: declaration.client.idName,
            secretName: declaration.client.secretName)
    }

    /// The parameters of the authorization request that are the same at each login.
    func checkedParameters() throws(BrokerError) -> FormFields {
        try checkedScopes()
        let separator = declaration.authorization.scopeSeparator
        var fields = FormFields()
        fields.add("response_type", "code")
        fields.add(declaration.client.idName, clientId)
        if !scopes.isEmpty { fields.add(declaration.authorization.scopeName, scopes.joined(separator: separator)) }
        let own = declaration.authorization.parameters.merging(parameters) { _, given in given }
        try FurtherParameters.add(own, to: &fields, allowing: Self.allowedParameters)
        return fields
    }

    /// Those have settings of their own only where there are ID tokens.
    static let allowedParameters: Set = ["acr_values", "max_age", "prompt"]
}

extension BrokerError {
    static func fault(_ message: String) -> BrokerError { BrokerError(.misconfigured, message) }
}
