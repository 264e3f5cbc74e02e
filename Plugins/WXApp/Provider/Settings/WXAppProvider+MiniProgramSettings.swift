import IdentityBroker
public import WXAppClient

extension WXAppProvider {
    /// The settings under `miniProgram:`. Omitted values are those of the mini program that GenAuth shares
    /// (``WXAppClient/MiniProgram/genAuth``).
    public struct MiniProgramSettings: Decodable, Sendable {
        /// The original id (`gh_…`), by which WeChat opens it.
        public var userName: String?
        /// The AppID (`wx…`): the scope of the openids.
        public var appId: String?
        /// The page to open, absolute and without a query.
        public var path: String?
        /// Whether it is your own mini program.
        public var useSelfWxapp: Bool?
        /// The edition to open.
        public var type: MiniProgramType?

        /// Creates settings; nil means the shared mini program's value.
        public init(
            userName: String? = nil,
            appId: String? = nil,
            path: String? = nil,
            useSelfWxapp: Bool? = nil,
            type: MiniProgramType? = nil
        ) {
            self.userName = userName
            self.appId = appId
            self.path = path
            self.useSelfWxapp = useSelfWxapp
            self.type = type
        }
    }
}

extension WXAppProvider.MiniProgramSettings {
    func checkedMiniProgram() throws(BrokerError) -> MiniProgram {
        let shared = MiniProgram.genAuth
        do {
            return try MiniProgram(
                userName: userName ?? shared.userName,
                appId: appId ?? shared.appId,
                path: path ?? shared.path,
                useSelfWxapp: useSelfWxapp ?? shared.useSelfWxapp,
                type: type ?? shared.type
            )
        } catch {
            throw BrokerError(.misconfigured, "miniProgram.\(error.description)")
        }
    }
}
