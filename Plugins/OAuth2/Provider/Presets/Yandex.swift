import IdentityBroker

extension OAuth2Preset {
    /// Yandex. Nothing says whether an address is verified.
    public static let yandex = OAuth2Preset(
        "yandex", "Yandex",
        """
        Signs users in with Yandex by redirect. The e-mail address is never verified.
        """
    ) {
        $0.issuer = "https://oauth.yandex.com"
        $0.documentation = "https://yandex.com/dev/id/doc/en/"
        $0.registration = """
            Create an app for user authorization at oauth.yandex.com with the callback URI, and give it access to the e-mail \
            address, the name and the portrait.
            """
        $0.client.authMethod = .basic
        $0.authorization.url = "https://oauth.yandex.com/authorize"
        $0.authorization.scopes = ["login:info", "login:email", "login:avatar"]
        $0.token.url = "https://oauth.yandex.com/token"
        $0.profile.url = "https://login.yandex.ru/info"
        $0.profile.scheme = "OAuth"
        $0.profile.parameters = ["format": "json"]
        $0.subject = ["/id"]
        $0.claims = [
            "name": "/real_name", "given_name": "/first_name", "family_name": "/last_name",
            "preferred_username": "/login",
            "email": "/default_email", "gender": "/sex", "birthdate": "/birthday",
            "phone_number": "/default_phone/number",
            "picture": "https://avatars.yandex.net/get-yapic/{+/default_avatar_id}/islands-200",
        ]
        $0.errors.meanings = ["bad_verification_code": .invalidCredential]
    }
}
