public import IdentityBroker

extension WXAppProvider {
    /// The provider type `wxapp`.
    public static let manifest = ProviderManifest(
        type: "wxapp",
        displayName: "WeChat mini program (GenAuth)",
        summary: """
            An app opens GenAuth's WeChat mini program, gets a ticket back, and its server exchanges the ticket \
            for the user.
            """,
        credentials: [CredentialForm(kind: .ticket)],
        settings: settings,
        notices: Dictionary(
            uniqueKeysWithValues: WXAppNotice.allCases.map { ($0.notice, $0.meaning) }
        ),
        documentation: "https://docs.authing.cn/v2/guides/wechat-ecosystem/wechat-miniprogram-applaunch.html"
    )
}
