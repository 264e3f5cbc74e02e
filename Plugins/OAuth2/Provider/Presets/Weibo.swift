import IdentityBroker

extension OAuth2Preset {
    /// Weibo. The user's id comes with the token, and asks for the record.
    public static let weibo = OAuth2Preset(
        "weibo", "Weibo",
        """
        Signs users in with Weibo by redirect. It gives no e-mail address.
        """
    ) {
        $0.issuer = "https://api.weibo.com"
        $0.documentation = "https://open.weibo.com/wiki/Oauth2/access_token"
        $0.registration =
            "Create a web application at open.weibo.com, and enter the callback URI in its OAuth 2.0 settings."
        $0.pkce = .off
        $0.authorization.url = "https://api.weibo.com/oauth2/authorize"
        $0.token.url = "https://api.weibo.com/oauth2/access_token"
        $0.profile.url = "https://api.weibo.com/2/users/show.json"
        $0.profile.token = .query
        $0.profile.tokenParameters = ["uid": "/uid"]
        $0.subject = ["/idstr"]
        $0.tokenSubject = ["/uid"]
        $0.claims = [
            "name": "/name", "nickname": "/screen_name", "picture": "/avatar_large", "website": "/url",
        ]
        $0.errors.codes = ["/error_code", "/error"]
        $0.errors.meanings = [
            "10001": .upstreamUnavailable, "10002": .upstreamUnavailable, "10022": .rateLimited, "10023": .rateLimited,
            "10024": .rateLimited, "21322": .misconfigured, "21324": .misconfigured, "21325": .invalidCredential,
            "21326": .misconfigured, "21330": .accessDenied,
        ]
    }
}
