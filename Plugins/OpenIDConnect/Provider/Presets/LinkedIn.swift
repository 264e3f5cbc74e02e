import IdentityBroker

extension OpenIDConnectPreset {
    /// LinkedIn. It returns no nonce, and refuses PKCE as a wrong client unless it was enabled for the app, so that only the
    /// state binds a code.
    public static let linkedin = OpenIDConnectPreset(
        type: "linkedin",
        displayName: "LinkedIn",
        summary: """
            Signs users in with LinkedIn, by redirect. LinkedIn returns no nonce; if it has enabled PKCE for your app, set pkce \
            to required.
            """,
        documentation: "https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2",
        registration: """
            Create an app in the LinkedIn developer portal, request the product "Sign In with LinkedIn using OpenID Connect", \
            and add the callback URI under Auth.
            """,
        particulars: [
            """
            There is no nonce, and no PKCE unless LinkedIn has enabled it for your app: only the state binds a \
            code. Set `pkce: required` once it is enabled.
            """,
            "Any code that is not accepted is answered with `invalid_request`.",
        ],
        issuer: "https://www.linkedin.com/oauth",
        issuesNativeTokens: false
    ) {
        $0.issuerAliases = ["https://www.linkedin.com"]
        $0.nonce = .absent
        $0.pkce = .off
        $0.peculiarities.authMethod = .post
        $0.peculiarities.reliesOnStateAlone = true
        $0.peculiarities.cancellationCodes = ["user_cancelled_login", "user_cancelled_authorize"]
        // What LinkedIn answers to a code that is used, expired or another app's.
        $0.peculiarities.errors = ["invalid_request": .invalidCredential, "invalid_redirect_uri": .misconfigured]
    }
}
