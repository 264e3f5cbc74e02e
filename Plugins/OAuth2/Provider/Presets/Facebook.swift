import IdentityBroker

extension OAuth2Preset {
    /// Facebook. Ids are of one app, and nothing says whether an address is verified.
    public static let facebook = OAuth2Preset(
        "facebook", "Facebook",
        """
        Signs users in with Facebook by redirect. A user's id is specific to this app, and the e-mail address is never verified.
        """
    ) {
        $0.issuer = "https://www.facebook.com"
        $0.documentation = "https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow"
        $0.registration = """
            Create an app with Facebook Login at developers.facebook.com, enter the callback URI as a valid OAuth redirect \
            URI, and turn on that the app secret is required.
            """
        $0.pkce = .off
        $0.client.authMethod = .query
        $0.authorization.url = "https://www.facebook.com/v23.0/dialog/oauth"
        $0.authorization.scopes = ["email", "public_profile"]
        $0.authorization.scopeSeparator = ","
        $0.token.url = "https://graph.facebook.com/v23.0/oauth/access_token"
        $0.token.method = .get
        $0.profile.url = "https://graph.facebook.com/v23.0/me"
        $0.profile.parameters = ["fields": "id,name,first_name,last_name,middle_name,email,picture.type(large)"]
        $0.profile.proofName = "appsecret_proof"
        $0.subject = ["/id"]
        $0.claims = [
            "name": "/name", "given_name": "/first_name", "middle_name": "/middle_name", "family_name": "/last_name",
            "email": "/email", "picture": "/picture/data/url",
        ]
        $0.errors.codes = ["/error/code"]
        $0.errors.meanings = [
            // A wrong secret, among others.
            "1": .misconfigured, "2": .upstreamUnavailable, "4": .rateLimited, "10": .misconfigured,
            "17": .rateLimited, "100": .invalidCredential, "101": .misconfigured, "190": .invalidCredential,
            "191": .misconfigured, "200": .misconfigured, "341": .rateLimited,
        ]
    }
}
