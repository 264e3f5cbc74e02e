import BrokerSandbox

extension Vendor {
    /// developer.atlassian.com/cloud/bitbucket/rest: UUIDs in braces, and a page of addresses.
    static let bitbucket = Vendor(
        type: "bitbucket",
        displayName: "Bitbucket",
        paths: Paths(
            authorization: "/site/oauth2/authorize", token: "/site/oauth2/access_token", profile: "/2.0/user",
            emails: "/2.0/user/emails"),
        methods: [.basic, .post],
        tokens: { grant in
            [
                "access_token": .text(grant.accessToken), "scopes": grant.scope(), "token_type": "bearer",
                "expires_in": 7200, "state": "authorization_code", "refresh_token": .text(grant.refreshToken),
            ]
        },
        profile: RecordRequest(scopes: ["account"]) { query in
            let (person, name) = (query.person, query.person.name)
            return [
                "type": "user", "uuid": bitbucketId(person), "display_name": .text(person.fullName),
                "nickname": .text(name), "username": .text(name), "account_id": "557058:1234", "has_2fa_enabled": .null,
                "links": [
                    "html": ["href": .text("https://bitbucket.example/\(name)")],
                    "avatar": ["href": .text(person.picture)],
                ],
            ]
        },
        emails: RecordRequest(scopes: ["email"]) { query in
            guard let email = query.person.email else { return ["values": [], "page": 1, "size": 0] }
            return [
                "values": [
                    [
                        "type": "email", "email": "commits@people.example", "is_primary": false, "is_confirmed": true,
                    ],
                    [
                        "type": "email", "email": .text(email), "is_primary": true,
                        "is_confirmed": .boolean(query.person.isEmailVerified),
                    ],
                ], "page": 1, "size": 2,
            ]
        },
        recordError: { refusal in
            VendorAnswer(
                status: refusal.status, contents: ["type": "error", "error": ["message": .text(refusal.message)]])
        },
        id: bitbucketId)

    @Sendable private static func bitbucketId(_ person: Person) -> JSON {
        .text("{4fc5d2a1-7b8c-4d3e-9f10-00000000000\(person.number)}")
    }
}
