import BrokerSandbox

extension Vendor {
    /// developers.facebook.com/docs/facebook-login: a code is redeemed by GET, the record takes a proof of the secret and has
    /// the fields that are asked for, and errors are objects with numbers.
    static let facebook = Vendor(
        type: "facebook",
        displayName: "Facebook",
        paths: Paths(
            authorization: "/v23.0/dialog/oauth", token: "/v23.0/oauth/access_token", profile: "/v23.0/me"),
        clientId: "1234567890123456",
        methods: [.query],
        scopeSeparator: ",",
        cancellation: [
            "error": "access_denied", "error_reason": "user_denied", "error_description": "Permissions error",
        ],
        tokenMethod: "GET",
        needsGrantType: false,
        tokens: { grant in
            ["access_token": .text(grant.accessToken), "token_type": "bearer", "expires_in": 5_183_944]
        },
        tokenError: { refusal in
            let number =
                switch refusal {
                case .client: 101
                case .secret: 1
                case .redirectURI: 191
                case .request, .grantType, .code, .usedCode, .verifier, .carried: 100
                }
            return facebookError(number, refusal.message)
        },
        profile: RecordRequest(
            scopes: ["public_profile"], parameters: ["fields": .some, "appsecret_proof": .proof]
        ) { query in
            let person = query.person
            var members: Members = [
                "name": .text(person.fullName), "first_name": .text(person.givenName),
                "last_name": .text(person.familyName),
                "picture": [
                    "data": [
                        "height": 200, "width": 200, "is_silhouette": false, "url": .text(person.picture),
                    ]
                ],
            ]
            // Without the permission, or without a confirmed address, there is no such field.
            if query.consent.has("email"), person.isEmailVerified { members["email"] = person.email.map(JSON.text) }
            return .object(query.members(members, listedIn: "fields").with(["id": facebookId(person)]))
        },
        recordError: { refusal in
            let number =
                switch refusal {
                case .request, .proof: 100
                case .token: 190
                case .scope: 200
                }
            return facebookError(number, refusal.message)
        },
        id: facebookId)

    @Sendable private static func facebookId(_ person: Person) -> JSON { .text("1015409700000012\(person.number)") }

    private static func facebookError(_ number: Int, _ message: String) -> VendorAnswer {
        let error: JSON = [
            "message": .text(message), "type": "OAuthException", "code": .number(number), "fbtrace_id": "EJplcsCHuLu",
        ]
        return VendorAnswer(status: number == 200 ? 403 : 400, contents: ["error": error])
    }
}
