public import IdentityBroker

extension OpenIDConnectProvider: SettingsAdvising {
    /// Warns of codes that no redirect of the broker's binds to their user.
    public static func advice(settings: Settings) -> [String] {
        guard settings.nativeCodes else { return [] }
        return [
            """
            nativeCodes is true, so whoever gets hold of a code that the provider issued to this client can sign in with it. \
            Let apps request their codes with PKCE and a nonce, and send both with the code.
            """
        ]
    }
}
