import IdentityBroker

extension OAuth2Preset {
    /// Spotify. The address is not verified, as its documentation says.
    public static let spotify = OAuth2Preset(
        "spotify", "Spotify",
        """
        Signs users in with Spotify by redirect. The e-mail address is never verified.
        """
    ) {
        $0.issuer = "https://accounts.spotify.com"
        $0.documentation = "https://developer.spotify.com/documentation/web-api/tutorials/code-flow"
        $0.registration =
            "Create an app at developer.spotify.com/dashboard, and add the callback URI to its redirect URIs."
        $0.client.authMethod = .basic
        $0.authorization.url = "https://accounts.spotify.com/authorize"
        $0.authorization.scopes = ["user-read-email"]
        $0.token.url = "https://accounts.spotify.com/api/token"
        $0.profile.url = "https://api.spotify.com/v1/me"
        $0.subject = ["/id"]
        $0.claims = [
            "name": "/display_name", "profile": "/external_urls/spotify", "picture": "/images/0/url", "email": "/email",
        ]
        $0.errors.statuses = ["403": .misconfigured]
    }
}
