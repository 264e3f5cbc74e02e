import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// yandex.com/dev/id: another scheme in the header, and a picture by its id.
    static let yandex = Vendor(
        preset: .yandex,
        usesPKCE: true,
        client: .basic,
        authorization: ["client_id": VendorFixture.clientId, "scope": "login:info login:email login:avatar"],
        token: .header("OAuth"),
        profileParameters: ["format": "json"],
        id: text,
        profile: { person, id in
            let record: JSONObject = [
                "login": "ivan", "client_id": .string(VendorFixture.clientId), "display_name": "ivan",
                "real_name": .string(person.name), "first_name": "Ivan", "last_name": "Ivanov", "sex": "male",
                "default_email": .string(person.email), "emails": [.string(person.email)], "birthday": "1987-03-12",
                "default_avatar_id": "31804/BYkogAC6AoB17bN1HKRFAyKiM4-1", "is_avatar_empty": false,
                "psuid": "1.AAceCw.tbHgw5DtJ9_zeqPrk-Ba2w",
                "default_phone": ["id": 12345678, "number": .string(person.phoneNumber)],
            ]
            return .object(record.with("id", id))
        },
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            (claims.name, claims.givenName, claims.familyName) = (person.name, "Ivan", "Ivanov")
            (claims.preferredUsername, claims.gender, claims.birthdate) = ("ivan", "male", "1987-03-12")
            claims.picture = "https://avatars.yandex.net/get-yapic/31804/BYkogAC6AoB17bN1HKRFAyKiM4-1/islands-200"
            claims.email = address(person.email, verified: nil)
            claims.phoneNumber = PhoneNumber(person.phoneNumber).map { Contact($0, verified: nil) }
            return claims
        },
        refusals: standardRefusals + [refusal("bad_verification_code", .invalidCredential)])
}
