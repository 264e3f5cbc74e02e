import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    /// learn.microsoft.com/linkedin: no nonce, no PKCE, and one error code for every code that is not accepted.
    static let linkedin = Vendor(
        preset: .linkedin,
        settings: { ["issuer: \($0)/oauth"] },
        path: "/oauth",
        documentIssuer: "/oauth",
        issuerAlias: "https://www.linkedin.com",
        document: ["id_token_signing_alg_values_supported": ["RS256"]],
        usesPKCE: false,
        sendsNonce: false,
        asksUserInfo: true,
        subject: { "782bbtaQ\($0.number)" },
        claims: { profile(of: $0) },
        userInfo: { person in
            var claims = profile(of: person)
            claims["locale"] = ["country": "US", "language": "en"]
            return claims
        },
        tokens: ["token_type": "Bearer", "expires_in": 5_184_000, "scope": "email,openid,profile"],
        expectedSubject: { "782bbtaQ\($0.number)" },
        expectedClaims: { expectedProfile(of: $0) },
        refusals: [
            refusal("invalid_request", .invalidCredential), refusal("invalid_client", .misconfigured, status: 401),
            refusal("invalid_redirect_uri", .misconfigured),
            refusal("userinfo refuses", .upstreamMisbehaved, status: 401, to: 2) { message in
                ["serviceErrorCode": 65600, "message": message, "status": 401]
            },
        ])
}
