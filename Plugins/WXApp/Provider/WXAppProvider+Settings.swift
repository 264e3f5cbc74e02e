public import IdentityBroker
public import WXAppClient

extension WXAppProvider {
    /// The settings under `settings:` of an instance of type `wxapp`. Only ``userPoolId`` is required.
    public struct Settings: Decodable, Sendable {
        /// The GenAuth user pool whose users sign in.
        public var userPoolId: String
        /// The user pool's secret; nil if the pool exchanges tickets without one.
        public var secret: SecretReference?
        /// Where GenAuth is, without the path of the exchange.
        public var baseURL: String
        /// The issuer of the subjects; nil for the base URL with the user pool's id.
        public var issuer: String?
        /// The key that GenAuth signs its tokens with; nil if they are not to be verified.
        public var tokenKey: SecretReference?
        /// The mini program in which the user signs in.
        public var miniProgram: MiniProgramSettings
        /// Whether the mini program asks the user for a phone number.
        public var requestPhone: Bool

        /// The base URL of GenAuth's public service.
        public static let defaultBaseURL = "https://core.genauth.cn"

        private enum CodingKeys: String, CodingKey {
            case userPoolId, secret, baseURL, issuer, tokenKey, miniProgram, requestPhone
        }

        /// Creates settings. They are checked where they are used: ``WXAppProvider/init(settings:context:)`` and
        /// ``WXAppProvider/launchRequest(settings:)``.
        public init(
            userPoolId: String,
            secret: SecretReference? = nil,
            baseURL: String = defaultBaseURL,
            issuer: String? = nil,
            tokenKey: SecretReference? = nil,
            miniProgram: MiniProgramSettings = MiniProgramSettings(),
            requestPhone: Bool = false
        ) {
            self.userPoolId = userPoolId
            self.secret = secret
            self.baseURL = baseURL
            self.issuer = issuer
            self.tokenKey = tokenKey
            self.miniProgram = miniProgram
            self.requestPhone = requestPhone
        }

        /// Decodes settings under their configuration keys.
        ///
        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                userPoolId: try container.decode(String.self, forKey: .userPoolId),
                secret: try container.decodeIfPresent(SecretReference.self, forKey: .secret),
                baseURL: try container.decodeIfPresent(String.self, forKey: .baseURL) ?? Self.defaultBaseURL,
                issuer: try container.decodeIfPresent(String.self, forKey: .issuer),
                tokenKey: try container.decodeIfPresent(SecretReference.self, forKey: .tokenKey),
                miniProgram: try container.decodeIfPresent(MiniProgramSettings.self, forKey: .miniProgram)
                    ?? MiniProgramSettings(),
                requestPhone: try container.decodeIfPresent(Bool.self, forKey: .requestPhone) ?? false
            )
        }
    }

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
