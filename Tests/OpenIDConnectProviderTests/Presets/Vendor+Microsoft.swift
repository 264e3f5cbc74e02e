import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    private static let tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47"

    /// learn.microsoft.com/entra/identity-platform: an issuer for each tenant, and addresses that nobody verified. Errors have the codes of AADSTS.
    static let microsoft = Vendor(
        preset: .microsoft,
        settings: { ["issuer: \($0)/{tenantid}/v2.0", "tenants: [\(tenant)]"] },
        path: "/\(tenant)/v2.0",
        documentIssuer: "/\(tenant)/v2.0",
        tokenIssuer: "/\(tenant)/v2.0",
        identityIssuer: { $0.replacing("{tenantid}", with: tenant) },
        document: [
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
            "id_token_signing_alg_values_supported": ["RS256"], "tenant_region_scope": .null,
        ],
        asksUserInfo: true,
        subject: { "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbta\($0.number)" },
        claims: { person in
            [
                "ver": "2.0", "tid": .string(tenant), "oid": "00000000-0000-0000-66f3-3332eca7ea81",
                "name": .string(person.name), "preferred_username": "ada@contoso.example",
                // Set by an administrator's claims mapping, and no one's proof.
                "email": .string(person.email), "email_verified": true,
            ]
        },
        userInfo: { ["name": .string($0.name), "picture": .string($0.picture), "email": .string($0.email)] },
        tokens: ["token_type": "Bearer", "scope": "openid profile email", "expires_in": 3599, "ext_expires_in": 3599],
        expectedSubject: { "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbta\($0.number)" },
        expectedClaims: { person in
            var claims = expectedProfile(of: person, saysVerified: false)
            claims.preferredUsername = "ada@contoso.example"
            return claims
        },
        attributes: ["tid": .string(tenant), "oid": "00000000-0000-0000-66f3-3332eca7ea81"],
        refusals: [
            error("invalid_grant", 70008, .invalidCredential), error("invalid_client", 7_000_215, .misconfigured, 401),
            error("unauthorized_client", 700_016, .misconfigured),
            error("invalid_request", 9_002_313, .invalidCredential),
            error("interaction_required", 50076, .interactionRequired),
            error("temporarily_unavailable", 90033, .upstreamUnavailable, 503),
            refusal("userinfo refuses", .upstreamMisbehaved, status: 401, to: 2) { message in
                ["error": ["code": "InvalidAuthenticationToken", "message": message]]
            },
        ])

    private static func error(
        _ code: String,
        _ number: Int,
        _ kind: BrokerError.Kind,
        _ status: Int = 400
    ) -> UpstreamRefusal {
        let more: JSONObject = [
            "error_codes": [.integer(number)], "timestamp": "2026-01-02 03:04:05Z",
            "trace_id": "255d1aef-8c98-452f-ac51-23d051240864",
            "correlation_id": "fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7",
        ]
        // With a status of 500 and above, the code in the body is not looked at.
        return status < 500
            ? refusal(code, kind, status: status, more)
            : refusal("\(code), status \(status)", kind, status: status) { _ in ["error": .string(code)] }
    }
}
