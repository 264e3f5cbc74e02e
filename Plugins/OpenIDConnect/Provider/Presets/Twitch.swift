import IdentityBroker

extension OpenIDConnectPreset {
    /// Twitch. It puts only those claims into an ID token that the parameter `claims` names, and has messages in place of
    /// error codes.
    public static let twitch = OpenIDConnectPreset(
        type: "twitch",
        displayName: "Twitch",
        summary: "Signs users in with Twitch, by redirect.",
        documentation: "https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/",
        registration: """
            Register a confidential application in the Twitch developer console, with the callback URI among its OAuth redirect \
            URLs.
            """,
        particulars: [
            "Claims come only if they are asked for by name, which this type does.",
            "The name is in `preferred_username`; errors have messages in place of codes.",
        ],
        issuer: "https://id.twitch.tv/oauth2",
        issuesNativeTokens: false
    ) {
        $0.scopes = ["openid", "user:read:email"]
        $0.pkce = .off
        $0.peculiarities.authMethod = .post
        $0.peculiarities.requestParameters = [
            (
                "claims",
                #"{"id_token":{"email":null,"email_verified":null,"picture":null,"preferred_username":null,"updated_at":null}}"#
            )
        ]
        $0.peculiarities.errorMember = "message"
        $0.peculiarities.errors = [
            "Invalid authorization code": .invalidCredential, "invalid client": .misconfigured,
            "invalid client secret": .misconfigured,
            "Parameter redirect_uri does not match registered URI": .misconfigured,
        ]
    }
}
