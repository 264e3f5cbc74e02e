import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// developer.atlassian.com/cloud/bitbucket: the UUID in braces, and a page of addresses.
    static let bitbucket = Vendor(
        preset: .bitbucket,
        usesPKCE: false,
        client: .basic,
        authorization: ["client_id": VendorFixture.clientId, "scope": "account email"],
        token: .header("Bearer"),
        id: { .string("{4fc5d2a1-0000-0000-0000-\(String(format: "%012d", $0.number))}") },
        tokens: { token, _ in
            ["access_token": .string(token), "scopes": "account email", "token_type": "bearer", "state": "x"]
        },
        profile: { person, id in
            let record: JSONObject = [
                "type": "user", "display_name": .string(person.name), "nickname": "evzijst", "username": "evzijst1",
                "account_id": "557058:1234",
                "links": [
                    "html": ["href": "https://bitbucket.org/evzijst"], "avatar": ["href": .string(person.picture)],
                ],
            ]
            return .object(record.with("uuid", id))
        },
        emails: { person in
            [
                "values": [
                    ["email": "other@people.example", "is_primary": false, "is_confirmed": true, "type": "email"],
                    [
                        "email": .string(person.email), "is_primary": true, "type": "email",
                        "is_confirmed": .bool(person.isEmailVerified ?? false),
                    ],
                ],
                "page": 1, "size": 2,
            ]
        },
        subject: { "{4fc5d2a1-0000-0000-0000-\(String(format: "%012d", $0.number))}" },
        claims: { person in
            var claims = Claims()
            (claims.name, claims.nickname, claims.preferredUsername) = (person.name, "evzijst", "evzijst1")
            claims.profile = "https://bitbucket.org/evzijst"
            claims.picture = person.picture
            claims.email = address(person.email, verified: person.isEmailVerified ?? false)
            return claims
        },
        refusals: standardRefusals + [
            UpstreamRefusal("a scope that is missing", means: .upstreamMisbehaved, to: 3) { message in
                .json(["type": "error", "error": ["message": .string(message)]], status: 403)
            }
        ])
}
