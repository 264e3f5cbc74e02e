import IdentityBroker

extension OAuth2Preset {
    /// Gitee. The address is asked for by itself, since the record has only the one that the user shows to all.
    public static let gitee = OAuth2Preset(
        "gitee", "Gitee",
        """
        Signs users in with Gitee by redirect. The e-mail address is the primary one, verified if Gitee says that it is confirmed.
        """
    ) {
        $0.issuer = "https://gitee.com"
        $0.documentation = "https://gitee.com/api/v5/oauth_doc"
        $0.registration = """
            Create a third-party application under Settings, Data management, with the callback URI, and give it the \
            permissions user_info and emails.
            """
        $0.pkce = .off
        $0.authorization.url = "https://gitee.com/oauth/authorize"
        $0.authorization.scopes = ["user_info", "emails"]
        $0.token.url = "https://gitee.com/oauth/token"
        $0.profile.url = "https://gitee.com/api/v5/user"
        $0.emails = Declaration.EmailsRequest()
        $0.emails?.url = "https://gitee.com/api/v5/emails"
        $0.emails?.primary = [Condition(at: "/scope", is: "primary")]
        $0.emails?.verified = [Condition(at: "/state", is: "confirmed")]
        $0.subject = ["/id"]
        $0.claims = [
            "name": "/name", "preferred_username": "/login", "profile": "/html_url", "picture": "/avatar_url",
            "website": "/blog", "email": "/email",
        ]
    }
}
