import BrokerSandbox

extension Vendor {
    /// An upstream by the book (RFC 6749, RFC 7636, RFC 6750), with a declaration of its own.
    static let oauth2 = Vendor(
        type: "oauth2",
        displayName: "OAuth 2.0 upstream",
        paths: Paths(authorization: "/authorize", token: "/token", profile: "/user"),
        settings: { [SandboxSetting("declaration", .file(declaration(at: $0)))] },
        methods: [.post],
        challenges: .required,
        profile: RecordRequest(scopes: ["profile"]) { query in
            let person = query.person
            var record = person.profile.with(person.nameParts).with([
                "id": .text("24828976200\(person.number)"), "login": .text(person.name),
            ])
            if query.consent.has("email") { record = record.with(person.contact) }
            return .object(record)
        },
        id: { .text("24828976200\($0.number)") })

    private static func declaration(at base: String) -> String {
        """
        issuer: "\(base)"
        authorization: { url: "\(base)/authorize", scopes: [profile, email] }
        token: { url: "\(base)/token" }
        profile: { url: "\(base)/user" }
        subject: [/id]
        claims:
          name: /name
          given_name: /given_name
          family_name: /family_name
          preferred_username: /login
          picture: /picture
          email: /email
        emailVerified: [{ at: /email_verified }]

        """
    }
}
