import BrokerServing
import BrokerTokens
import IdentityBroker
import StrictJSON

/// What the service can do as it is configured now.
struct ServiceAbilities: Hashable {
    /// What providers accept.
    let credentialKinds: Set<CredentialKind>
    /// What clients may do.
    let clients: ClientAbilities

    init(_ tokens: TokenService) {
        credentialKinds = tokens.broker.credentialKinds
        clients = tokens.clients.abilities
    }
}

/// What clients discover about the service (RFC 8414 §2, OpenID Connect Discovery 1.0 §3). What no client may use is not
/// there.
struct AuthorizationServerMetadata {
    let issuer: String
    let algorithms: Set<SigningAlgorithm>
    let abilities: ServiceAbilities
    /// Those of the pages.
    let languages: [LoginPages.Language]

    private var clients: ClientAbilities { abilities.clients }

    private var base: String { issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer }

    /// The metadata as JSON.
    var members: JSONObject {
        var members: JSONObject = [
            "issuer": .string(issuer),
            "token_endpoint": .string("\(base)/oauth2/token"),
            "revocation_endpoint": .string("\(base)/oauth2/revoke"),
            "introspection_endpoint": .string("\(base)/oauth2/introspect"),
            "userinfo_endpoint": .string("\(base)/oauth2/userinfo"),
            "jwks_uri": .string("\(base)/oauth2/jwks"),
            "providers_endpoint": .string("\(base)/providers"),
            "scopes_supported": .strings(scopes),
            // Without an authorization endpoint, it is empty: the member is required.
            "response_types_supported": clients.mayGetCodes ? ["code"] : [],
            "grant_types_supported": .strings(grantTypes),
            "subject_token_types_supported": .strings(abilities.credentialKinds.map(\.subjectTokenType).sorted()),
            // The account's id is the same for all clients.
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": .strings(algorithms.map(\.rawValue).sorted()),
            // Left out it would mean yes.
            "request_uri_parameter_supported": false,
        ]
        for member in authentication { members[member.name] = member.value }
        if clients.grants.contains(.deviceCode) {
            members["device_authorization_endpoint"] = .string("\(base)/oauth2/device_authorization")
        }
        if clients.mayGetCodes { for member in authorization { members[member.name] = member.value } }
        return members
    }

    private var scopes: [String] {
        Scope.allCases.map(\.rawValue) + (clients.mayStayOffline ? ["offline_access"] : [])
    }

    private var grantTypes: [String] {
        let always = TokenClient.standardGrants
        return TokenEndpoint.grantTypes.filter { always.contains($0) || clients.grants.contains($0) }.map(\.rawValue)
    }

    /// How clients authenticate.
    private var authentication: JSONObject {
        let forResources =
            ["client_secret_basic", "client_secret_post"] + (clients.mayHaveKeys ? ["private_key_jwt"] : [])
        var members: JSONObject = [:]
        for (endpoint, methods) in [
            ("token", forResources + ["none"]), ("revocation", forResources + ["none"]),
            ("introspection", forResources),
        ] {
            members["\(endpoint)_endpoint_auth_methods_supported"] = .strings(methods)
            guard clients.mayHaveKeys else { continue }
            members["\(endpoint)_endpoint_auth_signing_alg_values_supported"] =
                .strings(ClientAssertion.algorithms)
        }
        return members
    }

    /// The authorization code flow.
    private var authorization: JSONObject {
        [
            "authorization_endpoint": .string("\(base)/oauth2/authorize"),
            "pushed_authorization_request_endpoint": .string("\(base)/oauth2/par"),
            "end_session_endpoint": .string("\(base)/oauth2/logout"),
            "backchannel_logout_supported": true,
            "backchannel_logout_session_supported": true,
            "response_modes_supported": ["query", "form_post"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
            "request_parameter_supported": false,
            "claims_parameter_supported": true,
            "claim_types_supported": ["normal"],
            "claims_supported": .strings(claims),
            "prompt_values_supported": .strings(Prompt.allCases.map(\.rawValue)),
            "ui_locales_supported": .strings(languages.map(\.rawValue)),
        ]
    }

    /// Those that ID tokens and userinfo may have.
    private var claims: [String] {
        ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "acr", "amr", "sid"]
            + Scope.allCases.flatMap(\.claims)
    }
}
