import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// id.vk.com: a public client, and a device that goes along.
    static let vk = Vendor(
        preset: .vk,
        usesPKCE: true,
        client: .publicForm,
        authorization: ["client_id": VendorFixture.clientId, "scope": "email phone"],
        callback: ["device_id": "iPh-x9", "type": "code_v2", "expires_in": "600"],
        tokenParameters: ["device_id": "iPh-x9", "state": "*"],
        token: .form,
        profileMethod: "POST",
        profileParameters: ["client_id": VendorFixture.clientId],
        id: text,
        tokens: { token, id in
            [
                "access_token": .string(token), "refresh_token": "vk2.a.r", "id_token": "", "token_type": "Bearer",
                "expires_in": 3600, "user_id": id, "scope": "email phone",
            ]
        },
        profile: { person, id in
            let record: JSONObject = [
                "first_name": "Ivan", "last_name": "Ivanov", "phone": .string(String(person.phoneNumber.dropFirst())),
                "avatar": .string(person.picture), "email": .string(person.email), "sex": 2, "verified": false,
                "birthday": "01.01.2000",
            ]
            return ["user": .object(record.with("user_id", id))]
        },
        idIsInTokens: true,
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            (claims.name, claims.givenName, claims.familyName) = ("Ivan Ivanov", "Ivan", "Ivanov")
            claims.picture = person.picture
            claims.email = address(person.email, verified: nil)
            claims.phoneNumber = PhoneNumber(person.phoneNumber).map { Contact($0, verified: nil) }
            return claims
        },
        refusals: standardRefusals + [
            UpstreamRefusal("a bad token", means: .upstreamMisbehaved, code: "invalid_token", to: 2) { message in
                .json(["error": "invalid_token", "error_description": .string(message)], status: 401)
            }
        ])
}
