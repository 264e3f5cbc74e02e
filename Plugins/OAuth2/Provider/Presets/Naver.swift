import IdentityBroker

extension OAuth2Preset {
    /// Naver. Nothing says whether an address is verified.
    public static let naver = OAuth2Preset(
        "naver", "Naver",
        """
        Signs users in with Naver by redirect. The e-mail address is never verified.
        """
    ) {
        $0.issuer = "https://nid.naver.com"
        $0.documentation = "https://developers.naver.com/docs/login/api/api.md"
        $0.registration = """
            Register an application at developers.naver.com with the API of Naver Login and the callback URI, and choose what \
            users consent to there.
            """
        $0.pkce = .off
        $0.authorization.url = "https://nid.naver.com/oauth2.0/authorize"
        $0.authorization.carriedParameters = ["state"]
        $0.token.url = "https://nid.naver.com/oauth2.0/token"
        $0.profile.url = "https://openapi.naver.com/v1/nid/me"
        $0.profile.record = "/response"
        $0.subject = ["/id"]
        $0.claims = [
            "name": "/name", "nickname": "/nickname", "picture": "/profile_image", "email": "/email",
            "phone_number": "/mobile_e164",
        ]
        $0.errors.codes = ["/error", "/resultcode", "/errorCode"]
        $0.errors.success = ["00"]
        // What it says of a code that it does not know.
        $0.errors.meanings = ["invalid_request": .invalidCredential]
    }
}
