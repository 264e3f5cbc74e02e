import IdentityBroker

extension OpenIDConnectPreset {
    /// An application of GenAuth (formerly Authing), as an OpenID provider.
    public static let genauth = OpenIDConnectPreset(
        type: "genauth",
        displayName: "GenAuth",
        summary: """
            Signs users in at the login page of a GenAuth application, by redirect or with an app's ID token. For GenAuth's \
            WeChat mini program, use wxapp.
            """,
        documentation: "https://docs.genauth.ai/",
        registration: """
            Create a standard web application in the GenAuth console, add the callback URI to it, and have its ID tokens signed \
            with RS256; for HS256, which is the default there, set idTokenAlgorithms.
            """,
        particulars: [
            "Claims are at the userinfo endpoint, the phone number among them."
        ],
        issuer: "{baseURL}/oidc",
        settings: [
            .required("baseURL", .url, "The application's domain, such as https://example.genauth.ai.")
        ]
    ) {
        $0.scopes = ["openid", "profile", "email", "phone"]
        $0.peculiarities.unknowns = ["gender": "U"]
    }
}
