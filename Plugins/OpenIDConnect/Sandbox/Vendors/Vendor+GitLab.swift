import BrokerSandbox

extension Vendor {
    /// docs.gitlab.com/integration/openid_connect_provider: an ID token with few claims, and the rest at userinfo.
    static let gitlab = Vendor(
        type: "gitlab",
        displayName: "GitLab",
        settings: { [SandboxSetting("baseURL", .text($0))] },
        methods: [.basic, .post],
        issuesNativeTokens: false,
        subject: { "\($0.number)" },
        claims: { ["sub_legacy": "1f7e"].with($0.person.contact) },
        userInfo: { consent in
            let person = consent.person
            return person.profile.with(person.contact).with([
                "nickname": .text(person.name), "preferred_username": .text(person.name), "groups": ["staff"],
                "profile": .text("https://gitlab.example/\(person.name)"),
            ])
        },
        tokens: ["token_type": "Bearer", "expires_in": 7200, "scope": "openid profile email"])
}
