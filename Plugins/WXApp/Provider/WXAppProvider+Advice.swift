public import IdentityBroker

extension WXAppProvider: SettingsAdvising {
    /// Warns of a pool without a secret, since anyone who holds a ticket could redeem it, and of an id that does not
    /// look like a pool's.
    public static func advice(settings: Settings) -> [String] {
        var advice: [String] = []
        if settings.secret == nil {
            advice.append(
                """
                There is no secret, so the user pool has to exchange tickets without one, and whoever gets hold of a ticket \
                can redeem it. Have the pool require its secret, and set it here.
                """)
        }
        if !settings.hasUsualUserPoolId {
            advice.append(
                "The id of a GenAuth user pool has 24 hexadecimal digits, and userPoolId does not. Check that it is the pool's."
            )
        }
        return advice
    }
}
