import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    /// dev.twitch.tv/docs/authentication: claims only if they are asked for by name, a list of scopes, and errors without a
    /// code.
    static let twitch = Vendor(
        preset: .twitch,
        document: [
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        ],
        usesPKCE: false,
        acceptsRequest: { request in
            let claims = try? JSONReader().read((request["claims"] ?? "").utf8)["id_token"]
            return request["scope"] == "openid user:read:email" && claims?["email"] == .null
                && claims?["email_verified"] == .null
        },
        subject: { "7130968\($0.number)" },
        claims: { person in
            var claims = profile(of: person)
            claims["name"] = nil
            claims["preferred_username"] = .string(person.name)
            return claims
        },
        tokens: [
            "token_type": "bearer", "expires_in": 14_124, "refresh_token": "w47b2c2bd6", "nonce": "a",
            "scope": ["openid", "user:read:email"],
        ],
        expectedSubject: { "7130968\($0.number)" },
        expectedClaims: { person in
            var claims = expectedProfile(of: person)
            (claims.name, claims.preferredUsername) = (nil, person.name)
            return claims
        },
        refusals: [
            error("Invalid authorization code", 400, .invalidCredential), error("invalid client", 400, .misconfigured),
            error("invalid client secret", 403, .misconfigured),
            error("Parameter redirect_uri does not match registered URI", 400, .misconfigured),
            UpstreamRefusal("a message that is not known", means: .upstreamMisbehaved) {
                .json(["status": 400, "message": .string($0)], status: 400)
            },
        ])

    private static func error(_ message: String, _ status: Int, _ kind: BrokerError.Kind) -> UpstreamRefusal {
        refusal(message, kind, status: status) { _ in ["status": .integer(status), "message": .string(message)] }
    }
}
