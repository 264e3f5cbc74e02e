import BrokerSandbox

extension Vendor {
    /// docs.discord.com/developers/topics/oauth2: ids as text, an address by its scope, and errors of the API with a code of 0.
    static let discord = Vendor(
        type: "discord",
        displayName: "Discord",
        paths: Paths(
            authorization: "/oauth2/authorize", token: "/api/oauth2/token", profile: "/api/users/@me"),
        clientId: "157730590492196864",
        methods: [.basic, .post],
        cancellation: [
            "error": "access_denied",
            "error_description": "The resource owner or authorization server denied the request",
        ],
        tokens: { grant in
            .object(grant.standard.with(["token_type": "Bearer", "expires_in": 604_800]))
        },
        profile: RecordRequest(scopes: ["identify"]) { query in
            let person = query.person
            var record: Members = [
                "id": discordId(person), "username": .text(person.name), "discriminator": "0",
                "global_name": .text(person.fullName), "avatar": "8342729096ea3675442027381ff50dfe", "bot": false,
                "flags": 64, "banner": .null, "locale": "en-US", "mfa_enabled": true,
            ]
            if query.consent.has("email") {
                record["email"] = person.email.map(JSON.text) ?? .null
                record["verified"] = .boolean(person.isEmailVerified)
            }
            return .object(record)
        },
        recordError: { refusal in
            let message: JSON = refusal == .scope ? "Missing Access" : "401: Unauthorized"
            return VendorAnswer(
                status: refusal == .scope ? 403 : 401,
                contents: ["message": message, "code": refusal == .scope ? 50001 : 0])
        },
        id: discordId)

    @Sendable private static func discordId(_ person: Person) -> JSON { .text("8035110445225779\(person.number)") }
}
