import BrokerSandbox

extension Vendor {
    /// docs.x.com/fundamentals/authentication/oauth-2-0: PKCE for every client, the record under `data` with the fields that are
    /// asked for, and problems of the API by RFC 7807.
    static let x = Vendor(
        type: "x",
        displayName: "X",
        paths: Paths(
            authorization: "/i/oauth2/authorize", token: "/2/oauth2/token", profile: "/2/users/me"),
        methods: [.basic],
        challenges: .required,
        tokens: { grant in
            [
                "token_type": "bearer", "expires_in": 7200, "access_token": .text(grant.accessToken),
                "scope": grant.scope(),
            ]
        },
        tokenError: { refusal in
            switch refusal {
            case .client, .secret:
                refusal.answer(
                    status: 401,
                    ["error": "unauthorized_client", "error_description": "Missing valid authorization header"])
            case .code, .usedCode:
                refusal.answer([
                    "error": "invalid_request",
                    "error_description": "Value passed for the authorization code was invalid.",
                ])
            default: refusal.answer(["error": "invalid_request"])
            }
        },
        profile: RecordRequest(scopes: ["users.read", "tweet.read"]) { query in
            let person = query.person
            var members: Members = ["profile_image_url": .text(person.picture), "verified": false]
            if query.consent.has("users.email"), person.isEmailVerified {
                members["confirmed_email"] = person.email.map(JSON.text)
            }
            let always: Members = [
                "id": xId(person), "name": .text(person.fullName), "username": .text(person.name),
            ]
            return ["data": .object(query.members(members, listedIn: "user.fields").with(always))]
        },
        recordError: { refusal in
            let title: JSON = refusal == .token ? "Unauthorized" : "Forbidden"
            let status = refusal == .token ? 401 : 403
            return VendorAnswer(
                status: status,
                contents: [
                    "title": title, "type": "about:blank", "status": .number(status), "detail": .text(refusal.message),
                ])
        },
        id: xId)

    @Sendable private static func xId(_ person: Person) -> JSON { .text("224425506\(person.number)") }
}
