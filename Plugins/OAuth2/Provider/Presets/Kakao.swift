import IdentityBroker

extension OAuth2Preset {
    /// Kakao. Claims are below `kakao_account`.
    public static let kakao = OAuth2Preset(
        "kakao", "Kakao",
        """
        Signs users in with Kakao by redirect. The e-mail address is verified if Kakao says that it is both valid and verified.
        """
    ) {
        $0.issuer = "https://kauth.kakao.com"
        $0.documentation = "https://developers.kakao.com/docs/latest/en/kakaologin/rest-api"
        $0.registration = """
            Create an app at developers.kakao.com, turn on Kakao Login, add the callback URI, and let users consent to nickname, \
            picture and e-mail address. The client id is the REST API key.
            """
        $0.pkce = .off
        $0.authorization.url = "https://kauth.kakao.com/oauth/authorize"
        $0.authorization.scopes = ["account_email", "profile_nickname", "profile_image"]
        $0.authorization.scopeSeparator = ","
        $0.token.url = "https://kauth.kakao.com/oauth/token"
        $0.profile.url = "https://kapi.kakao.com/v2/user/me"
        $0.profile.parameters = ["secure_resource": "true"]
        $0.subject = ["/id"]
        $0.claims = [
            "name": "/kakao_account/name", "nickname": "/kakao_account/profile/nickname",
            "picture": "/kakao_account/profile/profile_image_url", "email": "/kakao_account/email",
        ]
        $0.emailVerified = [
            Condition(at: "/kakao_account/is_email_valid"), Condition(at: "/kakao_account/is_email_verified"),
        ]
        $0.errors.codes = ["/error", "/code"]
        $0.errors.meanings = ["-1": .upstreamUnavailable, "-7": .upstreamUnavailable, "-10": .rateLimited]
    }
}
