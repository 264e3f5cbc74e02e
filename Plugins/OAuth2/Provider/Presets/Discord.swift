import IdentityBroker

extension OAuth2Preset {
    /// Discord.
    public static let discord = OAuth2Preset(
        "discord", "Discord",
        """
        Signs users in with Discord by redirect. The e-mail address is verified if Discord says so.
        """
    ) {
        $0.issuer = "https://discord.com"
        $0.documentation = "https://docs.discord.com/developers/topics/oauth2"
        $0.registration =
            "Create an application at discord.com/developers, and under OAuth2 add the callback URI to its redirects."
        $0.pkce = .off
        $0.client.authMethod = .basic
        $0.authorization.url = "https://discord.com/oauth2/authorize"
        $0.authorization.scopes = ["identify", "email"]
        $0.token.url = "https://discord.com/api/oauth2/token"
        $0.profile.url = "https://discord.com/api/users/@me"
        $0.subject = ["/id"]
        $0.claims = [
            "name": "/global_name", "preferred_username": "/username", "email": "/email", "locale": "/locale",
            "picture": "https://cdn.discordapp.com/avatars/{/id}/{/avatar}.png",
        ]
        $0.emailVerified = [Condition(at: "/verified")]
    }
}
