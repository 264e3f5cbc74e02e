import IdentityBroker

extension OpenIDConnectPreset {
    /// Apple. The client's secret is an assertion that it signs. The answer is posted as a form, because names are asked
    /// for; it has the name once, at the first login, in the unsigned parameter `user`.
    public static let apple = OpenIDConnectPreset(
        type: "apple",
        displayName: "Apple",
        summary: """
            Signs users in with Apple, by redirect or with an app's ID token. The name comes at the user's first login alone, \
            and the address may be a relay of Apple's, which the attribute is_private_email says.
            """,
        documentation: "https://developer.apple.com/documentation/signinwithapple",
        registration: """
            In the Apple developer account, create a Services ID with Sign in with Apple, which is the client id, add the \
            callback URI as a return URL, and create a key for Sign in with Apple. List the bundle ids of apps under audiences.
            """,
        takesLoopbackCallbacks: false,
        particulars: [
            """
            The answer is posted as a form, so the callback URI must take `POST`. Apple takes only `https` addresses of a \
            domain.
            """,
            """
            The name comes at the first login alone, in a form that no token confirms. To see it again, the user \
            removes the app in the settings of their Apple account.
            """,
            """
            The address may be a relay, which the attribute `is_private_email` says. Mail reaches it only from \
            senders that are registered at Apple.
            """,
            """
            Native tokens have the SHA-256 of the nonce in hexadecimal: the app gets the nonce, and passes its \
            digest to Apple.
            """,
            """
            A code that an app got from Apple belongs to the app's bundle id. To take such codes, configure an instance with that \
            bundle id as `clientId` and with `nativeCodes`: `audiences` counts for ID tokens alone.
            """,
            "Each login signs a new client secret with `privateKey`, valid for minutes.",
        ],
        issuer: "https://appleid.apple.com",
        settings: [
            .required("teamId", .text, "The id of your team at Apple: ten letters and digits."),
            .required("keyId", .text, "The id of the key for Sign in with Apple."),
            .required("privateKey", .secret, "The key itself: the file that Apple offered once, in PEM form."),
        ],
        signedSecret: SignedSecret(issuer: "teamId", keyId: "keyId", key: "privateKey")
    ) {
        $0.scopes = ["openid", "name", "email"]
        $0.responseMode = .formPost
        $0.pkce = .off
        $0.nonce = .hashed
        $0.userInfo = .never
        $0.peculiarities.authMethod = .post
        $0.peculiarities.cancellationCodes = ["user_cancelled_authorize"]
        $0.peculiarities.writesBooleansAsText = true
        $0.peculiarities.postsName = true
        $0.peculiarities.attributes = [("is_private_email", "is_private_email")]
    }
}
