import BrokerTokens
import IdentityBroker

/// What clients discover about the service (RFC 8414 §2, OpenID Connect Discovery 1.0 §3).
struct AuthorizationServerMetadata: Encodable {
    let issuer: String
    let idTokenAlgorithms: [String]
    let tokenEndpoint: String
    let revocationEndpoint: String
    let introspectionEndpoint: String
    let userInfoEndpoint: String
    let keySet: String
    let providers: String
    let scopes = Scope.allCases.map(\.rawValue)
    /// There is no authorization endpoint, but the member is required.
    let responseTypes: [String] = []
    let grantTypes = TokenEndpoint.grantTypes.map(\.rawValue)
    let clientAuthentication = ["client_secret_basic", "client_secret_post", "none"]
    let resourceAuthentication = ["client_secret_basic", "client_secret_post"]
    let subjectTokenTypes: [String]
    /// The account's id is the same for all clients.
    let subjectTypes = ["public"]
    /// If omitted, the default is true.
    let takesRequestURI = false

    private enum CodingKeys: String, CodingKey {
        case issuer
        case tokenEndpoint = "token_endpoint"
        case revocationEndpoint = "revocation_endpoint"
        case introspectionEndpoint = "introspection_endpoint"
        case userInfoEndpoint = "userinfo_endpoint"
        case keySet = "jwks_uri"
        case providers = "providers_endpoint"
        case scopes = "scopes_supported"
        case responseTypes = "response_types_supported"
        case grantTypes = "grant_types_supported"
        case clientAuthentication = "token_endpoint_auth_methods_supported"
        case revocationAuthentication = "revocation_endpoint_auth_methods_supported"
        case introspectionAuthentication = "introspection_endpoint_auth_methods_supported"
        case subjectTokenTypes = "subject_token_types_supported"
        case subjectTypes = "subject_types_supported"
        case idTokenAlgorithms = "id_token_signing_alg_values_supported"
        case takesRequestURI = "request_uri_parameter_supported"
    }

    init(issuer: String, algorithms: Set<SigningAlgorithm>, credentialKinds: Set<CredentialKind>) {
        subjectTokenTypes = credentialKinds.map(\.subjectTokenType).sorted()
        idTokenAlgorithms = algorithms.map(\.rawValue).sorted()
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        self.issuer = issuer
        tokenEndpoint = base + "/oauth2/token"
        revocationEndpoint = base + "/oauth2/revoke"
        introspectionEndpoint = base + "/oauth2/introspect"
        userInfoEndpoint = base + "/oauth2/userinfo"
        keySet = base + "/oauth2/jwks"
        providers = base + "/providers"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(issuer, forKey: .issuer)
        try container.encode(tokenEndpoint, forKey: .tokenEndpoint)
        try container.encode(revocationEndpoint, forKey: .revocationEndpoint)
        try container.encode(introspectionEndpoint, forKey: .introspectionEndpoint)
        try container.encode(userInfoEndpoint, forKey: .userInfoEndpoint)
        try container.encode(keySet, forKey: .keySet)
        try container.encode(providers, forKey: .providers)
        try container.encode(scopes, forKey: .scopes)
        try container.encode(responseTypes, forKey: .responseTypes)
        try container.encode(grantTypes, forKey: .grantTypes)
        try container.encode(clientAuthentication, forKey: .clientAuthentication)
        try container.encode(clientAuthentication, forKey: .revocationAuthentication)
        try container.encode(resourceAuthentication, forKey: .introspectionAuthentication)
        try container.encode(subjectTokenTypes, forKey: .subjectTokenTypes)
        try container.encode(subjectTypes, forKey: .subjectTypes)
        try container.encode(idTokenAlgorithms, forKey: .idTokenAlgorithms)
        try container.encode(takesRequestURI, forKey: .takesRequestURI)
    }
}
