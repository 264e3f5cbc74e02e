import BrokerTokens
import IdentityBroker
import StrictJSON

/// What clients discover about the service (RFC 8414 §2, OpenID Connect Discovery 1.0 §3).
struct AuthorizationServerMetadata {
    let issuer: String
    let algorithms: Set<SigningAlgorithm>
    let credentialKinds: Set<CredentialKind>

    /// The metadata as JSON.
    var members: JSONObject {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let resourceAuthentication = ["client_secret_basic", "client_secret_post"]
        let clientAuthentication = resourceAuthentication + ["none"]
        return [
            "issuer": .string(issuer),
            "token_endpoint": .string("\(base)/oauth2/token"),
            "revocation_endpoint": .string("\(base)/oauth2/revoke"),
            "introspection_endpoint": .string("\(base)/oauth2/introspect"),
            "userinfo_endpoint": .string("\(base)/oauth2/userinfo"),
            "jwks_uri": .string("\(base)/oauth2/jwks"),
            "providers_endpoint": .string("\(base)/providers"),
            "scopes_supported": .strings(Scope.allCases.map(\.rawValue)),
            // There is no authorization endpoint, but the member is required.
            "response_types_supported": [],
            "grant_types_supported": .strings(TokenEndpoint.grantTypes.map(\.rawValue)),
            "token_endpoint_auth_methods_supported": .strings(clientAuthentication),
            "revocation_endpoint_auth_methods_supported": .strings(clientAuthentication),
            "introspection_endpoint_auth_methods_supported": .strings(resourceAuthentication),
            "subject_token_types_supported": .strings(credentialKinds.map(\.subjectTokenType).sorted()),
            // The account's id is the same for all clients.
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": .strings(algorithms.map(\.rawValue).sorted()),
            // Left out it would mean yes.
            "request_uri_parameter_supported": false,
        ]
    }
}
