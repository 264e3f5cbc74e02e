import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    /// developers.google.com/identity/openid-connect: `iss` without its scheme, `azp`, and RS256.
    static let google = Vendor(
        preset: .google,
        clientId: "1234987819200.apps.googleusercontent.com",
        settings: { ["issuer: \($0)", "hostedDomains: [example.com]"] },
        issuerAlias: "accounts.google.com",
        document: [
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        ],
        subject: { "1076915035000061510\($0.number)" },
        claims: { person in
            var claims = profile(of: person)
            (claims["azp"], claims["hd"]) = ("1234987819200.apps.googleusercontent.com", "example.com")
            return claims
        },
        tokens: [
            "token_type": "Bearer", "expires_in": 3920,
            "scope": "openid https://www.googleapis.com/auth/userinfo.email",
        ],
        expectedSubject: { "1076915035000061510\($0.number)" },
        expectedClaims: { expectedProfile(of: $0) },
        attributes: ["hd": "example.com"],
        refusals: [
            refusal("invalid_grant", .invalidCredential), refusal("invalid_client", .misconfigured, status: 401),
            refusal("redirect_uri_mismatch", .misconfigured), refusal("invalid_request", .upstreamMisbehaved),
        ])
}
