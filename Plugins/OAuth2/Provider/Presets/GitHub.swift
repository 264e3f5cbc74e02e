import IdentityBroker

extension OAuth2Preset {
    /// GitHub.com. The address is asked for by itself, since the record has only the one that the user shows to all.
    public static let github = OAuth2Preset(
        "github", "GitHub",
        """
        Signs users in with GitHub by redirect. The e-mail address is the primary one, verified if GitHub says so.
        """
    ) {
        $0.issuer = "https://github.com"
        $0.documentation = "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps"
        $0.registration = """
            Create an OAuth app under Settings, Developer settings, and enter the callback URI as its authorization callback \
            URL. For GitHub Enterprise Server, set endpoints, issuer and authorizationIssuers.
            """
        $0.authorization.url = "https://github.com/login/oauth/authorize"
        $0.authorization.issuers = ["https://github.com/login/oauth"]
        $0.authorization.scopes = ["read:user", "user:email"]
        $0.token.url = "https://github.com/login/oauth/access_token"
        $0.profile.url = "https://api.github.com/user"
        $0.emails = Declaration.EmailsRequest()
        $0.emails?.url = "https://api.github.com/user/emails"
        $0.emails?.primary = [Condition(at: "/primary")]
        $0.emails?.verified = [Condition(at: "/verified")]
        $0.subject = ["/id"]
        $0.claims = [
            "name": "/name", "preferred_username": "/login", "profile": "/html_url", "picture": "/avatar_url",
            "website": "/blog", "email": "/email",
        ]
        // Errors have status 200.
        $0.errors.meanings = [
            "bad_verification_code": .invalidCredential, "incorrect_client_credentials": .misconfigured,
            "redirect_uri_mismatch": .misconfigured, "unverified_user_email": .interactionRequired,
        ]
    }
}
