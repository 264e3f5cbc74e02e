import IdentityBroker

extension OpenIDConnectPreset {
    /// Microsoft Entra ID. All tenants share endpoints and keys, and each has its own issuer. Addresses are never verified:
    /// the owner of a tenant can enter any (nOAuth).
    public static let microsoft = OpenIDConnectPreset(
        type: "microsoft",
        displayName: "Microsoft",
        summary: """
            Signs users in with work and school accounts of Microsoft, by redirect or with an app's ID token; with \
            discoveryTenant: common, also with personal ones. tenants says whose: the identity's issuer is that of the user's \
            tenant. E-mail addresses are never verified.
            """,
        documentation: "https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc",
        registration: """
            Register an application in the Microsoft Entra admin center with the callback URI on the platform "Web", and add a \
            client secret, or a certificate for clientAssertion.
            """,
        particulars: [
            """
            Each tenant has an issuer of its own, and so do its users' identities. A tenant is named by its id, \
            a GUID.
            """,
            "E-mail addresses are never verified: the owner of a tenant can enter any. Link no accounts by them.",
            """
            The attributes `tid` and `oid` identify a user across the apps of one tenant; `sub` is different for \
            each app.
            """,
            "A client assertion is found by the certificate that you upload: set `certificateFile`.",
        ],
        issuer: "https://login.microsoftonline.com/{tenantid}/v2.0",
        required: ["tenants"]
    ) {
        $0.peculiarities.authMethod = .post
        $0.peculiarities.assertionAudience = .tokenEndpoint
        $0.peculiarities.verifiesContacts = false
        $0.peculiarities.attributes = [("tid", "tid"), ("oid", "oid")]
        $0.peculiarities.errors = [
            // What Microsoft answers to a code that is no code, among others.
            "invalid_request": .invalidCredential, "interaction_required": .interactionRequired,
            "consent_required": .interactionRequired, "invalid_resource": .misconfigured,
        ]
    }
}
