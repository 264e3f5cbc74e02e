import BrokerSandbox

extension Vendor {
    /// id.vk.com/about/business/go/docs: a public client with PKCE, and a device that goes along with the code.
    static let vk = Vendor(
        type: "vk",
        displayName: "VK ID",
        paths: Paths(authorization: "/authorize", token: "/oauth2/auth", profile: "/oauth2/user_info"),
        clientId: "51822013",
        methods: [.none],
        challenges: .required,
        returned: { _ in ["device_id": "iPh-x9", "type": "code_v2", "expires_in": "600"] },
        carried: ["device_id", "state"],
        tokens: { grant in
            .object(grant.standard.with(["token_type": "Bearer", "user_id": grant.id, "id_token": ""]))
        },
        token: .form("access_token"),
        profile: RecordRequest(method: "POST", parameters: ["client_id": .clientId]) { query in
            let person = query.person
            var user: Members = [
                "user_id": .text("123456789\(person.number)"), "first_name": .text(person.givenName),
                "last_name": .text(person.familyName), "avatar": .text(person.picture), "sex": 0, "verified": false,
                "birthday": "01.01.2000",
            ]
            if query.consent.has("email") { user["email"] = person.email.map(JSON.text) }
            if query.consent.has("phone") { user["phone"] = .text(String(person.phoneNumber.dropFirst())) }
            return ["user": .object(user)]
        },
        id: { .text("123456789\($0.number)") })
}
