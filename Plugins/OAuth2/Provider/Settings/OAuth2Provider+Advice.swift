public import IdentityBroker
import OAuthClient

extension OAuth2Provider: SettingsAdvising {
    /// Advises to set a secret where the upstream expects one; and `issuer` where a setting leads to another server than
    /// the declaration's: under one issuer, users of both servers with the same id would be one.
    public static func advice(settings: Settings) -> [String] {
        let isPublic = settings.clientSecret == nil && settings.authMethod == nil
        let lacksSecret = isPublic && settings.declaration.client.authMethod != .none
        return
            (lacksSecret
            ? ["clientSecret is missing, and the upstream expects one. For a public client, set authMethod to none."]
            : [])
            + issuerAdvice(settings)
    }

    private static func issuerAdvice(_ settings: Settings) -> [String] {
        guard settings.issuer == nil, let own = settings.endpoints.userInfo.flatMap({ Endpoint($0) }),
            let declared = settings.declaration.profile.url.endpoint(at: settings.host ?? settings.declaration.host),
            own.authority != declared.authority
        else { return [] }
        return [
            """
            endpoints.userInfo is another server's than the declaration's, and the issuer is still the declaration's. If it \
            has users of its own, set issuer, so that no two users of both are one.
            """
        ]
    }
}
