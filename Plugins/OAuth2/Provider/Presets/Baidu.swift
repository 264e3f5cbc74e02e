import IdentityBroker

extension OAuth2Preset {
    /// Baidu. The id is of one app.
    public static let baidu = OAuth2Preset(
        "baidu", "Baidu",
        """
        Signs users in with Baidu by redirect. A user's id is specific to this app, and there is no e-mail address.
        """
    ) {
        $0.issuer = "https://openapi.baidu.com"
        $0.documentation = "https://openauth.baidu.com/doc/doc.html"
        $0.registration = """
            Create an application at developer.baidu.com, and enter the callback URI under its security settings. The client id \
            is the API key.
            """
        $0.pkce = .off
        $0.authorization.url = "https://openapi.baidu.com/oauth/2.0/authorize"
        $0.authorization.scopes = ["basic"]
        $0.token.url = "https://openapi.baidu.com/oauth/2.0/token"
        $0.profile.url = "https://openapi.baidu.com/rest/2.0/passport/users/getInfo"
        $0.profile.token = .query
        $0.subject = ["/openid"]
        $0.claims = ["name": "/username"]
        $0.attributes = ["portrait": "/portrait"]
        $0.errors.codes = ["/error", "/error_code"]
        $0.errors.meanings = [
            "1": .upstreamUnavailable, "2": .upstreamUnavailable, "4": .rateLimited, "17": .rateLimited,
            "18": .rateLimited,
            "19": .rateLimited, "6": .misconfigured,
        ]
    }
}
