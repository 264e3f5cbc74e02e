public import IdentityBroker

extension OAuth2Provider: SettingsAdvising {
    /// Advises to set a secret where the upstream expects one.
    public static func advice(settings: Settings) -> [String] {
        let isPublic = settings.clientSecret == nil && settings.authMethod == nil
        let lacksSecret = isPublic && settings.declaration.client.authMethod != .none
        return lacksSecret
            ? ["clientSecret is missing, and the upstream expects one. For a public client, set authMethod to none."]
            : []
    }
}
