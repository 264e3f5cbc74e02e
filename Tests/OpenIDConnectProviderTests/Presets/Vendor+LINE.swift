import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    /// developers.line.biz: ES256 if it is asked for, and no word about addresses.
    static let line = Vendor(
        preset: .line,
        clientId: "1234567890",
        key: TestKeys.ec,
        otherKey: TestKeys.otherEC,
        document: ["id_token_signing_alg_values_supported": ["ES256"]],
        acceptsTokenRequest: { $0["id_token_key_type"] == "JWK" },
        subject: { "Udeadbeefdeadbeefdeadbeefdeadbee\($0.number)" },
        claims: { person in
            var claims = profile(of: person, saysVerified: false)
            claims["amr"] = ["linesso"]
            return claims
        },
        tokens: ["token_type": "Bearer", "expires_in": 2_592_000, "scope": "profile openid email"],
        expectedSubject: { "Udeadbeefdeadbeefdeadbeefdeadbee\($0.number)" },
        expectedClaims: { expectedProfile(of: $0, saysVerified: false) },
        attributes: ["amr": ["linesso"]],
        refusals: [
            refusal("invalid_grant", .invalidCredential), refusal("invalid_client", .misconfigured),
            refusal("invalid_request", .upstreamMisbehaved),
            refusal("an internal error", .upstreamUnavailable, status: 500) { ["message": $0] },
        ])
}
