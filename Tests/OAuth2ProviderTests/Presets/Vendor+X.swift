import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// docs.x.com: the record under `data`, and problems of the API by RFC 7807.
    static let x = Vendor(
        preset: .x,
        usesPKCE: true,
        client: .basic,
        authorization: ["client_id": VendorFixture.clientId, "scope": "users.read tweet.read users.email"],
        token: .header("Bearer"),
        profileParameters: ["user.fields": "id,name,username,profile_image_url,confirmed_email"],
        id: text,
        profile: { person, id in
            let record: JSONObject = [
                "name": .string(person.name), "username": "TwitterDev", "profile_image_url": .string(person.picture),
                "confirmed_email": .string(person.email),
            ]
            return ["data": .object(record.with("id", id))]
        },
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            (claims.name, claims.preferredUsername) = (person.name, "TwitterDev")
            claims.profile = "https://x.com/TwitterDev"
            claims.picture = person.picture
            claims.email = address(person.email, verified: nil)
            return claims
        },
        refusals: [
            refusal("invalid_request", .invalidCredential), refusal("unauthorized_client", .misconfigured, status: 401),
            UpstreamRefusal("scopes that do not suffice", means: .misconfigured, to: 2) { message in
                .json(
                    ["title": "Forbidden", "detail": .string(message), "type": "about:blank", "status": 403],
                    status: 403)
            },
            UpstreamRefusal("no user", means: .upstreamMisbehaved, to: 2) { message in
                .json(["errors": [["title": "Not Found Error", "detail": .string(message)]]])
            },
        ])
}
