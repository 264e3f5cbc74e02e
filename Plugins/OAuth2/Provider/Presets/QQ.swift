import IdentityBroker

extension OAuth2Preset {
    /// QQ. The id comes with the token alone, if it is asked for.
    public static let qq = OAuth2Preset(
        "qq", "QQ",
        """
        Signs users in with QQ by redirect. A user's id is specific to this app, and there is no e-mail address.
        """
    ) {
        $0.issuer = "https://graph.qq.com"
        $0.documentation = "https://wiki.connect.qq.com/"
        $0.registration = """
            Create a website application at connect.qq.com, and enter the callback URI. The client id is the app id, and the \
            secret the app key.
            """
        $0.pkce = .off
        $0.client.authMethod = .query
        $0.authorization.url = "https://graph.qq.com/oauth2.0/authorize"
        $0.authorization.scopes = ["get_user_info"]
        $0.authorization.scopeSeparator = ","
        $0.token.url = "https://graph.qq.com/oauth2.0/token"
        $0.token.method = .get
        // Without the first, the answer is a form; without the second, the id takes another request.
        $0.token.parameters = ["fmt": "json", "need_openid": "1"]
        $0.profile.url = "https://graph.qq.com/user/get_user_info"
        $0.profile.token = .query
        $0.profile.clientIdName = "oauth_consumer_key"
        $0.profile.tokenParameters = ["openid": "/openid"]
        $0.tokenSubject = ["/openid"]
        $0.claims = ["nickname": "/nickname", "picture": "/figureurl_qq_2"]
        $0.errors.codes = ["/error", "/ret"]
        $0.errors.success = ["0"]
        $0.errors.meanings = [
            "100008": .misconfigured, "100009": .misconfigured, "100010": .misconfigured, "100011": .misconfigured,
            "100018": .invalidCredential, "100019": .invalidCredential, "100020": .invalidCredential,
        ]
    }
}
