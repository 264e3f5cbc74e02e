import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    /// docs.gitlab.com/integration/openid_connect_provider: an ID token with few claims, and the rest at userinfo.
    static let gitlab = Vendor(
        preset: .gitlab,
        settings: { ["baseURL: \($0)"] },
        document: [
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        ],
        asksUserInfo: true,
        claims: { person in
            // config/initializers/doorkeeper_openid_connect.rb: both are in the ID token and at userinfo.
            var claims: JSONObject = [
                "sub_legacy": "1f7e", "auth_time": 1_767_323_000, "email": .string(person.email),
            ]
            claims["email_verified"] = person.isEmailVerified.map(JSONValue.bool)
            return claims
        },
        userInfo: { person in
            var claims = profile(of: person)
            (claims["nickname"], claims["preferred_username"]) = ("ada", "ada")
            (claims["groups"], claims["profile"]) = (["staff"], "https://gitlab.example/ada")
            return claims
        },
        tokens: [
            "token_type": "Bearer", "expires_in": 7200, "scope": "openid profile email", "created_at": 1_767_323_045,
        ],
        expectedClaims: { person in
            var claims = expectedProfile(of: person)
            (claims.nickname, claims.preferredUsername) = ("ada", "ada")
            claims.profile = "https://gitlab.example/ada"
            return claims
        },
        refusals: standardRefusals + [
            refusal("invalid_scope", .misconfigured),
            refusal("userinfo refuses", .upstreamMisbehaved, status: 401, to: 2) { message in
                ["error": "invalid_token", "error_description": message, "state": "unauthorized"]
            },
        ])
}
