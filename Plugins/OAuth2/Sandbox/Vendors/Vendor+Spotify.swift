import BrokerSandbox

extension Vendor {
    /// developer.spotify.com/documentation/web-api: an address by its scope, and errors of the API as objects.
    static let spotify = Vendor(
        type: "spotify",
        displayName: "Spotify",
        paths: Paths(authorization: "/authorize", token: "/api/token", profile: "/v1/me"),
        clientId: "0b297fa8a249464ba34f5861d4140e58",
        methods: [.basic, .post],
        challenges: .checked,
        tokens: { .object($0.standard.with(["token_type": "Bearer"])) },
        // A wrong client is a bad request here.
        tokenError: { $0.answer(status: 400) },
        profile: RecordRequest { query in
            let (person, name) = (query.person, query.person.name)
            var record: Members = [
                "id": .text(name), "display_name": .text(person.fullName), "type": "user",
                "uri": .text("spotify:user:\(name)"), "followers": ["href": .null, "total": 12],
                "external_urls": ["spotify": .text("https://open.spotify.example/user/\(name)")],
                "images": [["url": .text(person.picture), "height": 300, "width": 300]],
            ]
            if query.consent.has("user-read-email") { record["email"] = person.email.map(JSON.text) }
            return .object(record)
        },
        recordError: { refusal in
            let message: JSON = refusal == .token ? "Invalid access token" : .text(refusal.message)
            return VendorAnswer(
                status: refusal.status,
                contents: ["error": ["status": .number(refusal.status), "message": message]])
        },
        id: { .text($0.name) })
}
