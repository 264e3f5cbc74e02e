import IdentityBroker

extension OAuth2Preset {
    /// Douyin. The id is of one app, and errors have status 200.
    public static let douyin = OAuth2Preset(
        "douyin", "Douyin",
        """
        Signs users in with Douyin by redirect. A user's id is specific to this app, and there is no e-mail address.
        """
    ) {
        $0.issuer = "https://open.douyin.com"
        $0.documentation =
            "https://developer.open-douyin.com/docs/resource/zh-CN/dop/develop/openapi/account-permission/douyin-get-permission-code"
        $0.registration = """
            Create a website application at developer.open-douyin.com with the domain of the callback URI. The client id is the \
            client key.
            """
        $0.pkce = .off
        $0.client.idName = "client_key"
        $0.authorization.url = "https://open.douyin.com/platform/oauth/connect/"
        $0.authorization.scopes = ["user_info"]
        $0.authorization.scopeSeparator = ","
        $0.token.url = "https://open.douyin.com/oauth/access_token/"
        $0.token.accessToken = "/data/access_token"
        $0.profile.url = "https://open.douyin.com/oauth/userinfo/"
        $0.profile.method = .post
        $0.profile.token = .form
        $0.profile.tokenParameters = ["open_id": "/data/open_id"]
        $0.profile.record = "/data"
        $0.subject = ["/open_id"]
        $0.tokenSubject = ["/data/open_id"]
        $0.claims = ["nickname": "/nickname", "picture": "/avatar"]
        $0.attributes = ["union_id": "/union_id"]
        $0.errors.codes = ["/data/error_code"]
        $0.errors.success = ["0"]
        $0.errors.meanings = ["10003": .misconfigured, "10007": .invalidCredential, "10013": .misconfigured]
    }
}
