import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    /// docs.genauth.ai: the issuer is below the application's domain, and claims are at userinfo.
    static let genauth = Vendor(
        preset: .genauth,
        settings: { ["baseURL: \($0)"] },
        path: "/oidc",
        documentIssuer: "/oidc",
        tokenIssuer: "/oidc",
        document: [
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "none"],
            "id_token_signing_alg_values_supported": ["HS256", "RS256"],
        ],
        asksUserInfo: true,
        subject: { "5e57e4cc5a9d0b50c2a3d5b\($0.number)" },
        userInfo: { person in
            var claims = profile(of: person)
            (claims["phone_number"], claims["phone_number_verified"]) = (.string(person.phoneNumber), true)
            (claims["gender"], claims["birthdate"], claims["website"]) = ("U", "", .null)
            return claims
        },
        tokens: ["token_type": "Bearer", "expires_in": 1_209_600, "scope": "openid profile email phone"],
        expectedSubject: { "5e57e4cc5a9d0b50c2a3d5b\($0.number)" },
        expectedClaims: { person in
            var claims = expectedProfile(of: person)
            claims.phoneNumber = PhoneNumber(person.phoneNumber).map { .verified(Verified($0)) }
            return claims
        },
        refusals: standardRefusals + [
            refusal("userinfo refuses", .upstreamMisbehaved, status: 401, to: 2) { message in
                ["error": "invalid_token", "error_description": message]
            }
        ])
}
