public import IdentityBroker

extension OAuth2Provider: SettingsAdvising {
    /// Advises to set a secret where the upstream expects one, to protect codes, and to set `issuer` where another server decides it.
    public static func advice(settings: Settings) -> [String] {
        let isPublic = settings.clientSecret == nil && settings.authMethod == nil
        let lacksSecret = isPublic && settings.declaration.client.authMethod != .none
        var advice =
            lacksSecret
            ? ["clientSecret is missing, and the upstream expects one. For a public client, set authMethod to none."]
            : []
        if settings.pkce == .off, settings.declaration.pkce == .required {
            advice.append(
                """
                pkce is off, so only the state protects a login, and whoever gets hold of a code can redeem it. Remove it, \
                unless the upstream refuses PKCE.
                """)
        }
        if settings.nativeCodes {
            advice.append(
                """
                nativeCodes is true, so whoever gets hold of a code that the upstream issued to this client can sign in with \
                it: neither a state nor PKCE protects it.
                """)
        }
        guard settings.issuer == nil, settings.anotherServer != nil else { return advice }
        return advice + [
            """
            endpoints lead to another server than the declaration's, so accounts are stored under its web address. Set \
            issuer to that, or to the declaration's issuer if they are the same users.
            """
        ]
    }
}
