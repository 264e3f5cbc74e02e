public import IdentityBroker

extension OAuth2Provider: SettingsAdvising {
    /// Advises to set a secret where the upstream expects one, and `issuer` where another server decides it.
    public static func advice(settings: Settings) -> [String] {
        let isPublic = settings.clientSecret == nil && settings.authMethod == nil
        let lacksSecret = isPublic && settings.declaration.client.authMethod != .none
        let secretAdvice =
            lacksSecret
            ? ["clientSecret is missing, and the upstream expects one. For a public client, set authMethod to none."]
            : []
        guard settings.issuer == nil, settings.anotherServer != nil else { return secretAdvice }
        return secretAdvice + [
            """
            endpoints lead to another server than the declaration's, so accounts are stored under its web address. Set \
            issuer to that, or to the declaration's issuer if they are the same users.
            """
        ]
    }
}
