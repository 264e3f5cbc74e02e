import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// gitee.com/api/v5/swagger: addresses with a state and a list of uses.
    static let gitee = Vendor(
        preset: .gitee,
        usesPKCE: false,
        client: .form(id: "client_id"),
        authorization: ["client_id": VendorFixture.clientId, "scope": "user_info emails"],
        token: .header("Bearer"),
        id: number,
        tokens: { token, _ in
            [
                "access_token": .string(token), "token_type": "bearer", "expires_in": 86400,
                "refresh_token": "a-refresh-token", "scope": "user_info emails", "created_at": 1_767_323_000,
            ]
        },
        profile: { person, id in
            let record: JSONObject = [
                "login": "octocat", "avatar_url": .string(person.picture), "html_url": "https://gitee.com/octocat",
                "name": .string(person.name), "blog": .null, "email": .null, "type": "User",
            ]
            return .object(record.with("id", id))
        },
        emails: { person in
            [
                ["email": "other@people.example", "state": "confirmed", "scope": ["committed"]],
                [
                    "email": .string(person.email),
                    "state": .string(person.isEmailVerified == true ? "confirmed" : "unconfirmed"),
                    "scope": ["primary", "notified"],
                ],
            ]
        },
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            claims.name = person.name
            claims.preferredUsername = "octocat"
            claims.profile = "https://gitee.com/octocat"
            claims.picture = person.picture
            claims.email = address(person.email, verified: person.isEmailVerified ?? false)
            return claims
        },
        refusals: standardRefusals)
}
