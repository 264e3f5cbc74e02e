import BrokerSandbox

extension Vendor {
    /// gitee.com/api/v5/oauth_doc: addresses with a state and a list of uses.
    static let gitee = Vendor(
        type: "gitee",
        displayName: "Gitee",
        paths: Paths(
            authorization: "/oauth/authorize", token: "/oauth/token", profile: "/api/v5/user", emails: "/api/v5/emails"
        ),
        tokens: { grant in
            .object(grant.standard.with(["expires_in": 86400, "created_at": 1_767_323_000]))
        },
        profile: RecordRequest(scopes: ["user_info"]) { query in
            let (person, name) = (query.person, query.person.name)
            return [
                "id": .number(5_000_100 + person.number), "login": .text(name), "name": .text(person.fullName),
                "avatar_url": .text(person.picture), "html_url": .text("https://gitee.example/\(name)"),
                "blog": .null, "email": .null, "type": "User",
            ]
        },
        emails: RecordRequest(scopes: ["emails"]) { query in
            guard let email = query.person.email else { return [] }
            return [
                ["email": "commits@people.example", "state": "confirmed", "scope": ["committed"]],
                [
                    "email": .text(email), "state": query.person.isEmailVerified ? "confirmed" : "unconfirmed",
                    "scope": ["primary", "notified"],
                ],
            ]
        },
        recordError: { refusal in
            VendorAnswer(
                status: refusal.status, contents: ["message": .text("\(refusal.status): \(refusal.message)")])
        },
        id: { .number(5_000_100 + $0.number) })
}
