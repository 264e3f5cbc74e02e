public import IdentityBroker

extension WXAppProvider: SettingsAdvising {
    /// Warns of a pool that is exchanged with without its secret: whoever holds a ticket could redeem it.
    public static func advice(settings: Settings) -> [String] {
        guard settings.secret == nil else { return [] }
        return [
            """
            There is no secret, so the user pool has to exchange tickets without one, and whoever gets hold of a ticket \
            can redeem it. Have the pool require its secret, and set it here.
            """
        ]
    }
}
