import IdentityBroker

extension OAuth2Preset {
    /// TikTok. The id is of one app, and the record has only the fields that are asked for.
    public static let tiktok = OAuth2Preset(
        "tiktok", "TikTok",
        """
        Signs users in with TikTok by redirect. A user's id is specific to this app, and there is no e-mail address.
        """
    ) {
        $0.issuer = "https://www.tiktok.com"
        $0.documentation = "https://developers.tiktok.com/doc/login-kit-web"
        $0.registration = """
            Create an app with Login Kit for the web at developers.tiktok.com, with the callback URI. The client id is the \
            client key.
            """
        $0.pkce = .off
        $0.client.idName = "client_key"
        $0.authorization.url = "https://www.tiktok.com/v2/auth/authorize/"
        $0.authorization.scopes = ["user.info.basic"]
        $0.authorization.scopeSeparator = ","
        $0.token.url = "https://open.tiktokapis.com/v2/oauth/token/"
        $0.profile.url = "https://open.tiktokapis.com/v2/user/info/"
        $0.profile.parameters = ["fields": "open_id,union_id,avatar_url,display_name"]
        $0.profile.record = "/data/user"
        $0.subject = ["/open_id"]
        $0.tokenSubject = ["/open_id"]
        $0.claims = ["nickname": "/display_name", "picture": "/avatar_url"]
        $0.attributes = ["union_id": "/union_id"]
        $0.errors.codes = ["/error", "/error/code"]
        $0.errors.success = ["ok"]
        $0.errors.meanings = ["scope_not_authorized": .misconfigured]
    }
}
