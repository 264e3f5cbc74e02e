import IdentityBroker

extension OpenIDConnectPreset {
    /// Google. It names itself with and without a scheme, and `hd` in a request is only a hint, so `hostedDomains` checks
    /// the claim.
    public static let google = OpenIDConnectPreset(
        type: "google",
        displayName: "Google",
        summary: """
            Signs users in with their Google accounts, by redirect or with the ID token of Google's SDKs for apps. Limit it to \
            the domains of organizations with hostedDomains.
            """,
        documentation: "https://developers.google.com/identity/openid-connect/openid-connect",
        registration: """
            Create an OAuth client of type "Web application" in the Google Cloud console, under Google Auth Platform, and add \
            the callback URI to its authorized redirect URIs. List the client ids of apps under audiences.
            """,
        particulars: [
            "`iss` comes with and without `https://`; the identity's issuer is always the one with it.",
            """
            `hostedDomains` checks the claim `hd`, which personal accounts do not have. The domain of an e-mail \
            address proves no membership.
            """,
            "Scopes beyond `openid`, `profile` and `email` may need a verification of your app by Google.",
        ],
        issuer: "https://accounts.google.com"
    ) {
        $0.issuerAliases = ["accounts.google.com"]
        $0.peculiarities.authMethod = .post
        $0.peculiarities.attributes = [("hd", "hd")]
        $0.peculiarities.errors = ["redirect_uri_mismatch": .misconfigured]
    }
}
