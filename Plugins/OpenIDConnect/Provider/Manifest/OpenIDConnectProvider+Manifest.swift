public import IdentityBroker

extension OpenIDConnectProvider {
    /// The provider type `oidc`.
    public static let manifest = ProviderManifest(
        type: "oidc",
        displayName: "OpenID Connect",
        summary: """
            Signs users in with any OpenID provider, which is found by its issuer: by redirect, or with the native ID token \
            that an app got from it.
            """,
        credentials: [
            CredentialForm(kind: .authorizationCode),
            CredentialForm(kind: .idToken, maximumBytes: 16 * 1024, alphabet: .unreserved, provesItself: true),
        ],
        settings: settings,
        notices: Dictionary(uniqueKeysWithValues: OpenIDConnectNotice.allCases.map { ($0.notice, $0.meaning) }),
        documentation: "https://openid.net/specs/openid-connect-core-1_0.html"
    )
}
