import BrokerSandbox

extension Vendor {
    /// www.keycloak.org/securing-apps/oidc-layers: a realm in the path, pushed requests, and answers that name the realm.
    static let keycloak = Vendor(
        type: "keycloak",
        displayName: "Keycloak",
        settings: { [SandboxSetting("baseURL", .text($0)), SandboxSetting("realm", .text("sandbox"))] },
        path: "/realms/sandbox",
        issuerPath: "/realms/sandbox",
        methods: [.basic, .post],
        takesPushedRequests: true,
        namesItself: true,
        hasLogout: true,
        subject: { "f4b0a6a4-4f4b-4b0e-8f5e-00000000000\($0.number)" },
        claims: { consent in
            let person = consent.person
            return person.profile.with(person.nameParts).with(person.contact).with([
                "typ": "ID", "azp": "sandbox-client", "acr": "1", "preferred_username": .text(person.name),
            ])
        },
        tokens: [
            "token_type": "Bearer", "expires_in": 300, "refresh_expires_in": 1800, "not-before-policy": 0,
            "session_state": "5b2f", "scope": "openid profile email",
        ],
        refusal: { refusal in
            guard refusal == .client else { return refusal.standard }
            return VendorAnswer(
                status: 401,
                members: [
                    "error": "unauthorized_client", "error_description": "Invalid client or Invalid client credentials",
                ])
        })
}
