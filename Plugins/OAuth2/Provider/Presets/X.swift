import IdentityBroker

extension OAuth2Preset {
    /// X. Nothing but its name says that the address is a confirmed one, so it is never verified.
    public static let x = OAuth2Preset(
        "x", "X",
        """
        Signs users in with X by redirect. The e-mail address needs the permission to request it, and is never verified.
        """
    ) {
        $0.issuer = "https://x.com"
        $0.documentation = "https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code"
        $0.registration = """
            Create an app at developer.x.com, set up user authentication as a confidential web app with the callback URI, and \
            let it request e-mail addresses; without that, leave users.email out of scopes.
            """
        $0.client.authMethod = .basic
        $0.authorization.url = "https://x.com/i/oauth2/authorize"
        // Without both of the first two, the record is refused with 403.
        $0.authorization.scopes = ["users.read", "tweet.read", "users.email"]
        $0.token.url = "https://api.x.com/2/oauth2/token"
        $0.profile.url = "https://api.x.com/2/users/me"
        $0.profile.parameters = ["user.fields": "id,name,username,profile_image_url,confirmed_email"]
        $0.profile.record = "/data"
        $0.subject = ["/id"]
        $0.claims = [
            "name": "/name", "preferred_username": "/username", "picture": "/profile_image_url",
            "email": "/confirmed_email",
            "profile": "https://x.com/{/username}",
        ]
        // What it says of a code that it does not know.
        $0.errors.meanings = ["invalid_request": .invalidCredential]
        $0.errors.statuses = ["403": .misconfigured]
    }
}
