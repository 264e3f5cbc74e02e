import IdentityBroker

extension WeChatMiniProgramProvider {
    /// The settings under `settings:` of an instance of type `wechat-miniprogram`.
    public struct Settings: Decodable, Sendable {
        /// The mini program.
        public var account: WeChatAccountSettings
        /// How old, by its watermark, the data may be that WeChat encrypted for the program, and its answer to the phone
        /// code: one second to 24 hours.
        public var watermarkAge: Duration

        private enum CodingKeys: String, CodingKey {
            case watermarkAge
        }

        /// Creates settings.
        public init(account: WeChatAccountSettings, watermarkAge: Duration = .seconds(10 * 60)) {
            self.account = account
            self.watermarkAge = watermarkAge
        }

        /// Decodes settings under their configuration keys.
        ///
        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(account: try WeChatAccountSettings(from: decoder))
            if let age = try container.decodeIfPresent(Duration.self, forKey: .watermarkAge) { watermarkAge = age }
        }
    }
}
