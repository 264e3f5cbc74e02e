import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// developer.spotify.com: errors of the API as objects.
    static let spotify = Vendor(
        preset: .spotify,
        usesPKCE: true,
        client: .basic,
        authorization: ["client_id": VendorFixture.clientId, "scope": "user-read-email"],
        token: .header("Bearer"),
        id: text,
        tokens: { token, _ in
            ["access_token": .string(token), "token_type": "Bearer", "scope": "user-read-email", "expires_in": 3600]
        },
        profile: { person, id in
            let record: JSONObject = [
                "display_name": .string(person.name), "email": .string(person.email), "type": "user",
                "external_urls": ["spotify": "https://open.spotify.com/user/wizzler"],
                "images": [["url": .string(person.picture), "height": 300, "width": 300]],
            ]
            return .object(record.with("id", id))
        },
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            claims.name = person.name
            claims.profile = "https://open.spotify.com/user/wizzler"
            claims.picture = person.picture
            claims.email = address(person.email, verified: nil)
            return claims
        },
        refusals: standardRefusals + [
            UpstreamRefusal("a bad token", means: .upstreamMisbehaved, to: 2) { message in
                .json(["error": ["status": 401, "message": .string(message)]], status: 401)
            },
            UpstreamRefusal("a user who is not registered", means: .misconfigured, to: 2) { message in
                .json(["error": ["status": 403, "message": .string(message)]], status: 403)
            },
        ])
}
