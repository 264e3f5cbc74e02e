import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    /// www.keycloak.org/securing-apps/oidc-layers: a realm in the path, and Basic first.
    static let keycloak = Vendor(
        preset: .keycloak,
        settings: { ["baseURL: \($0)", "realm: kit"] },
        path: "/realms/kit",
        documentIssuer: "/realms/kit",
        tokenIssuer: "/realms/kit",
        document: [
            "token_endpoint_auth_methods_supported": [
                "private_key_jwt", "client_secret_basic", "client_secret_post", "tls_client_auth", "client_secret_jwt",
            ],
            "id_token_signing_alg_values_supported": ["PS384", "RS384", "EdDSA", "ES384", "HS256", "RS256", "ES256"],
        ],
        authenticatesInBody: false,
        subject: { "f4b0a6a4-4f4b-4b0e-8f5e-\($0.number)" },
        claims: { person in
            var claims = profile(of: person)
            (claims["typ"], claims["azp"], claims["acr"]) = ("ID", "client-of-the-kit", "1")
            claims["preferred_username"] = "ada"
            return claims
        },
        tokens: [
            "token_type": "Bearer", "expires_in": 300, "refresh_expires_in": 1800, "not-before-policy": 0,
            "session_state": "5b2f", "scope": "openid profile email",
        ],
        expectedSubject: { "f4b0a6a4-4f4b-4b0e-8f5e-\($0.number)" },
        expectedClaims: { person in
            var claims = expectedProfile(of: person)
            claims.preferredUsername = "ada"
            return claims
        },
        attributes: ["acr": "1"],
        refusals: [
            refusal("invalid_grant", .invalidCredential), refusal("unauthorized_client", .misconfigured, status: 401),
            refusal("invalid_client", .misconfigured, status: 401),
            refusal("an error of its own", .upstreamUnavailable, status: 500) { message in
                ["error": "unknown_error", "error_description": message]
            },
        ])
}
