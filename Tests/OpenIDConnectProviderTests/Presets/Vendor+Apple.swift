import BrokerTesting
import Crypto
import Foundation
import IdentityBroker
import JOSE
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

extension Vendor {
    /// The key for Sign in with Apple.
    static let appleKey = P256.Signing.PrivateKey()

    /// developer.apple.com/documentation/signinwithapple: a secret that the client signs, a form that has the name, booleans
    /// as text, and a relay's address.
    static let apple = Vendor(
        preset: .apple,
        clientId: "com.example.web",
        settings: { ["issuer: \($0)", "teamId: ABCDE12345", "keyId: FGHIJ67890"] },
        secretSetting: "privateKey",
        document: [
            "id_token_signing_alg_values_supported": ["RS256"], "response_modes_supported": ["query", "form_post"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        ],
        usesPKCE: false,
        acceptsSecret: { isClientSecret($0, for: $1) },
        acceptsRequest: { $0["scope"] == "openid name email" },
        subject: { "001473.fe6f33bf4b8e4590aacbabdcb8598bd0.\($0.number)" },
        claims: { person in
            var claims: JSONObject = [
                "email": .string(person.email), "is_private_email": "true", "nonce_supported": true,
                "auth_time": 1_767_323_045,
            ]
            claims["email_verified"] = person.isEmailVerified.map { .string($0 ? "true" : "false") }
            return claims
        },
        tokens: ["token_type": "Bearer", "expires_in": 3600, "refresh_token": "r4f1"],
        posted: { person in
            let names = person.name.split(separator: " ", maxSplits: 1).map { JSONValue.string(String($0)) }
            let name: JSONObject = ["firstName": names.first ?? "", "lastName": names.dropFirst().first ?? ""]
            let user: JSONObject = ["name": .object(name), "email": "unsigned@people.example"]
            return ["user": user.json]
        },
        expectedSubject: { "001473.fe6f33bf4b8e4590aacbabdcb8598bd0.\($0.number)" },
        expectedClaims: { person in
            let names = person.name.split(separator: " ", maxSplits: 1).map(String.init)
            var claims = Claims()
            (claims.name, claims.givenName, claims.familyName) = (person.name, names.first, names.dropFirst().first)
            claims.email = EmailAddress(person.email).map { .verified(Verified($0)) }
            return claims
        },
        attributes: ["is_private_email": true],
        refusals: [
            refusal("invalid_grant", .invalidCredential), refusal("invalid_client", .misconfigured),
            refusal("unauthorized_client", .misconfigured), refusal("unsupported_grant_type", .upstreamMisbehaved),
        ])

    /// Whether it is an assertion as Apple wants it.
    private static func isClientSecret(_ text: String, for baseURL: String) -> Bool {
        let key = JSONWebKey(
            .ellipticCurve(
                .p256, x: Array(appleKey.publicKey.rawRepresentation.prefix(32)),
                y: Array(appleKey.publicKey.rawRepresentation.suffix(32))), for: .es256)
        guard let token = try? CompactJWS(text), let verifying = VerificationKey(key),
            (try? token.verify(allowing: [.es256], keys: { _, _ in [verifying] })) != nil,
            let claims = (try? JSONReader().read(token.payload))?.object, let expiry = claims["exp"]?.double,
            let issued = claims["iat"]?.double
        else { return false }
        return token.keyID == "FGHIJ67890" && claims["iss"]?.string == "ABCDE12345"
            && claims["sub"]?.string == "com.example.web" && claims["aud"]?.string == baseURL
            && (1...300).contains(expiry - issued)
    }
}
