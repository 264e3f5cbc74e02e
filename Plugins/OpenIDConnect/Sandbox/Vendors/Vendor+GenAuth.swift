import BrokerSandbox

extension Vendor {
    /// docs.genauth.ai: the issuer is below the application's domain, and claims are at userinfo.
    static let genauth = Vendor(
        type: "genauth",
        displayName: "GenAuth application",
        settings: { [SandboxSetting("baseURL", .text($0))] },
        path: "/oidc",
        issuerPath: "/oidc",
        methods: [.post, .basic],
        hasLogout: true,
        subject: { "5e57e4cc5a9d0b50c2a3d5b\($0.number)" },
        claims: { $0.isNative ? profile(of: $0.person) : [:] },
        userInfo: { profile(of: $0.person) },
        tokens: ["token_type": "Bearer", "expires_in": 1_209_600, "scope": "openid profile email phone"])

    private static func profile(of person: Person) -> Members {
        person.profile.with(person.contact).with([
            "phone_number": .text(person.phoneNumber), "phone_number_verified": true, "gender": "U", "birthdate": "",
            "website": .null,
        ])
    }
}
