import IdentityBroker

extension OpenIDConnectPreset {
    /// LINE. Its token endpoint signs with the channel's secret unless it is asked for a key.
    public static let line = OpenIDConnectPreset(
        type: "line",
        displayName: "LINE",
        summary: """
            Signs users in with LINE, by redirect or with the ID token of the LINE SDK. LINE does not say whether an e-mail \
            address is verified.
            """,
        documentation: "https://developers.line.biz/en/docs/line-login/integrate-line-login/",
        registration: """
            Create a LINE Login channel in the LINE Developers console, and add the callback URI to it. The client id is the \
            channel's. E-mail addresses need the e-mail permission, which is applied for there.
            """,
        particulars: [
            "Without being asked for a key, LINE signs ID tokens with the channel's secret; this type asks for one.",
            "E-mail addresses come only to channels that have applied for them, and are never known to be verified.",
        ],
        issuer: "https://access.line.me"
    ) {
        $0.peculiarities.authMethod = .post
        $0.peculiarities.tokenParameters = [("id_token_key_type", "JWK")]
    }
}
