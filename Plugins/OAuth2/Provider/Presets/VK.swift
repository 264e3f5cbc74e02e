import IdentityBroker

extension OAuth2Preset {
    /// VK ID: a public client, and a code that belongs to the device that the answer names.
    public static let vk = OAuth2Preset(
        "vk", "VK ID",
        """
        Signs users in with VK ID by redirect. Neither the e-mail address nor the phone number is ever verified.
        """
    ) {
        $0.issuer = "https://id.vk.ru"
        $0.documentation = "https://id.vk.com/about/business/go/docs/en/vkid/latest/vk-id/connection/api-description"
        $0.registration = """
            Create a web app at id.vk.com/about/business, and add the callback URI to its trusted redirect URLs. The client id \
            is the app's id, and there is no secret.
            """
        $0.client.authMethod = .none
        $0.authorization.url = "https://id.vk.ru/authorize"
        $0.authorization.scopes = ["email", "phone"]
        $0.authorization.carriedParameters = ["device_id", "state"]
        $0.token.url = "https://id.vk.ru/oauth2/auth"
        $0.profile.url = "https://id.vk.ru/oauth2/user_info"
        $0.profile.method = .post
        $0.profile.token = .form
        $0.profile.clientIdName = "client_id"
        $0.profile.record = "/user"
        $0.subject = ["/user_id"]
        $0.tokenSubject = ["/user_id"]
        $0.claims = [
            "name": "{/first_name} {/last_name}", "given_name": "/first_name", "family_name": "/last_name",
            "picture": "/avatar", "email": "/email", "phone_number": "+{/phone}",
        ]
    }
}
