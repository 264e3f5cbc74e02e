import BrokerSandbox

extension Vendor {
    private static let tenants = ["72f988bf-86f1-41af-91ab-2d7cd011db47", "9122040d-6c67-4c5b-b112-36a304b66dad"]

    /// The last person's tenant is the second one.
    private static func tenant(of person: Person) -> String { tenants[person.number < 3 ? 0 : 1] }

    /// learn.microsoft.com/entra/identity-platform: two tenants with an issuer each, one document for all, and addresses that
    /// nobody verified. Errors have the numbers of AADSTS.
    static let microsoft = Vendor(
        type: "microsoft",
        displayName: "Microsoft",
        settings: {
            [SandboxSetting("issuer", .text("\($0)/{tenantid}/v2.0")), SandboxSetting("tenants", .list(tenants))]
        },
        path: "/organizations/v2.0",
        issuerPath: "/{tenantid}/v2.0",
        tokenIssuer: { person, issuer in issuer.replacing("{tenantid}", with: tenant(of: person)) },
        methods: [.post, .privateKeyJWT, .basic],
        challenges: .unpublished,
        hasLogout: true,
        subject: { "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbta\($0.number)" },
        claims: { consent in
            let person = consent.person
            var claims: Members = [
                "ver": "2.0", "tid": .text(tenant(of: person)),
                "oid": .text("00000000-0000-0000-66f3-3332eca7ea8\(person.number)"), "name": .text(person.fullName),
                "preferred_username": .text("\(person.name)@contoso.example"),
            ]
            claims["email"] = person.email.map(JSON.text)
            return claims
        },
        userInfo: { consent in
            var claims = consent.person.profile
            claims["email"] = consent.person.email.map(JSON.text)
            return claims
        },
        tokens: ["token_type": "Bearer", "scope": "openid profile email", "expires_in": 3599, "ext_expires_in": 3599],
        refusal: { refusal in
            let number =
                switch refusal {
                case .request: 900_144
                case .grantType: 70003
                case .client: 7_000_215
                case .code: 70008
                case .usedCode: 54005
                case .redirectURI: 50011
                case .verifier: 50148
                }
            return VendorAnswer(
                status: refusal == .client ? 401 : 400,
                members: [
                    "error": .text(refusal.code), "error_description": .text("AADSTS\(number): \(refusal.message)"),
                    "error_codes": [.number(number)], "timestamp": "2026-01-02 03:04:05Z",
                    "trace_id": "255d1aef-8c98-452f-ac51-23d051240864",
                    "correlation_id": "fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7",
                ])
        })
}
