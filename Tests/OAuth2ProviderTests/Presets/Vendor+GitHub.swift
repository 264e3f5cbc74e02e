import BrokerTesting
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

extension Vendor {
    /// docs.github.com/en/rest/users: the primary address, with its own flag; errors with status 200.
    static let github = Vendor(
        preset: .github,
        usesPKCE: true,
        client: .form(id: "client_id"),
        authorization: ["client_id": VendorFixture.clientId, "scope": "read:user user:email"],
        callback: ["iss": "https://github.com/login/oauth"],
        token: .header("Bearer"),
        id: number,
        tokens: { token, _ in
            ["access_token": .string(token), "scope": "read:user,user:email", "token_type": "bearer"]
        },
        profile: { person, id in
            let record: JSONObject = [
                "login": "octocat", "node_id": "MDQ6VXNlcjE=", "avatar_url": .string(person.picture), "type": "User",
                "html_url": "https://github.com/octocat", "name": .string(person.name), "company": .null,
                "blog": "https://octocat.example", "email": "shown@people.example", "site_admin": false,
            ]
            return .object(record.with("id", id))
        },
        emails: { person in
            [
                ["email": "other@people.example", "primary": false, "verified": true, "visibility": .null],
                [
                    "email": .string(person.email), "primary": true,
                    "verified": .bool(person.isEmailVerified ?? false), "visibility": "private",
                ],
            ]
        },
        subject: { "\($0.number)" },
        claims: { person in
            var claims = Claims()
            claims.name = person.name
            claims.preferredUsername = "octocat"
            claims.profile = "https://github.com/octocat"
            claims.website = "https://octocat.example"
            claims.picture = person.picture
            claims.email = address(person.email, verified: person.isEmailVerified ?? false)
            return claims
        },
        refusals: [
            refusal("bad_verification_code", .invalidCredential, status: 200),
            refusal("incorrect_client_credentials", .misconfigured, status: 200),
            refusal("redirect_uri_mismatch", .misconfigured, status: 200),
            refusal("unverified_user_email", .interactionRequired, status: 200),
            refusal("a_code_of_later", .upstreamMisbehaved, status: 200),
            UpstreamRefusal("Bad credentials", means: .upstreamMisbehaved, to: 2) {
                .json(["message": .string($0)], status: 401)
            },
            UpstreamRefusal("Not Found", means: .upstreamMisbehaved, to: 3) {
                .json(["message": .string($0)], status: 404)
            },
        ])
}
