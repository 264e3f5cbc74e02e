import IdentityBroker

extension OAuth2Preset {
    /// Bitbucket Cloud. User names can change hands, so the subject is the UUID.
    public static let bitbucket = OAuth2Preset(
        "bitbucket", "Bitbucket",
        """
        Signs users in with Bitbucket Cloud by redirect. The e-mail address is the primary one, verified if Bitbucket says so.
        """
    ) {
        $0.issuer = "https://bitbucket.org"
        $0.documentation = "https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/"
        $0.registration = """
            Add an OAuth consumer in the settings of a workspace, with the callback URI and the permissions Account: Read and \
            Account: Email.
            """
        $0.pkce = .off
        $0.client.authMethod = .basic
        $0.authorization.url = "https://bitbucket.org/site/oauth2/authorize"
        $0.authorization.scopes = ["account", "email"]
        $0.token.url = "https://bitbucket.org/site/oauth2/access_token"
        $0.profile.url = "https://api.bitbucket.org/2.0/user"
        $0.emails = Declaration.EmailsRequest()
        $0.emails?.url = "https://api.bitbucket.org/2.0/user/emails"
        $0.emails?.list = "/values"
        $0.emails?.primary = [Condition(at: "/is_primary")]
        $0.emails?.verified = [Condition(at: "/is_confirmed")]
        $0.subject = ["/uuid"]
        $0.claims = [
            "name": "/display_name", "nickname": "/nickname", "preferred_username": "/username",
            "profile": "/links/html/href", "picture": "/links/avatar/href",
        ]
    }
}
