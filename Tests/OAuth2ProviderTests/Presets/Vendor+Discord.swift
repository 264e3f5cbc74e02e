import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// docs.discord.com: ids as text, and errors of the API with a code of 0.
    static let discord = Vendor(
        preset: .discord,
        usesPKCE: false,
        client: .basic,
        authorization: ["client_id": VendorFixture.clientId, "scope": "identify email"],
        token: .header("Bearer"),
        id: text,
        profile: { person, id in
            let record: JSONObject = [
                "username": "nelly", "global_name": .string(person.name), "discriminator": "0",
                "avatar": "8342729096ea3675442027381ff50dfe",
                "verified": person.isEmailVerified.map(JSONValue.bool) ?? .null,
                "email": .string(person.email), "flags": 64, "locale": "en-US", "banner": .null,
            ]
            return .object(record.with("id", id))
        },
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            (claims.name, claims.preferredUsername, claims.locale) = (person.name, "nelly", "en-US")
            claims.picture =
                "https://cdn.discordapp.com/avatars/\(person.number)/8342729096ea3675442027381ff50dfe.png"
            claims.email = address(person.email, verified: person.isEmailVerified)
            return claims
        },
        refusals: standardRefusals + [
            UpstreamRefusal("a bad token", means: .upstreamMisbehaved, to: 2) { message in
                .json(["message": .string(message), "code": 0], status: 401)
            }
        ])
}
