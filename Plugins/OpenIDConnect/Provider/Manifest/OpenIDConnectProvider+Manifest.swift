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
            CredentialForm(kind: .authorizationCode, parts: codeParts),
            CredentialForm(kind: .idToken, maximumBytes: 16 * 1024, alphabet: .unreserved, provesItself: true),
        ],
        settings: settings,
        notices: Dictionary(uniqueKeysWithValues: OpenIDConnectNotice.allCases.map { ($0.notice, $0.meaning) }),
        documentation: "https://openid.net/specs/openid-connect-core-1_0.html",
        registration: """
            Register a web client that uses the authorization code flow, with the callback URI among its redirect URIs. The \
            provider then gives you the client id and, in most cases, a secret.
            """
    )

    /// What an app may know of a code that it got itself; of a redirect, the broker knows it.
    private static let codeParts = [
        CredentialPart(
            CodePart.verifier.rawValue, maximumBytes: 128, minimumBytes: 43, alphabet: .unreserved,
            "With nativeCodes, the code verifier to whose challenge the app requested the code (RFC 7636)."),
        CredentialPart(
            CodePart.redirectURI.rawValue, maximumBytes: 2048, isSecret: false,
            "With nativeCodes, the redirect URI with which the app requested the code, if it did."),
    ]

    /// The parts of a code.
    enum CodePart: String {
        case verifier = "code_verifier"
        case redirectURI = "redirect_uri"
    }
}
