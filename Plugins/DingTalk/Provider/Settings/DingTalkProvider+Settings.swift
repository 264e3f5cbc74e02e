public import IdentityBroker

/// Which of a person's ids at DingTalk is the subject. An answer without it is refused: another id in its place would make
/// a known person a new one.
public enum DingTalkSubject: String, Sendable, Hashable, CaseIterable, Decodable {
    /// The id at all apps of one owner.
    case unionId
    /// The id at one app.
    case openId
}

extension DingTalkProvider {
    /// The settings under `settings:` of an instance of type `dingtalk`.
    public struct Settings: Decodable, Sendable {
        /// The app's Client ID (AppKey).
        public var clientId: String
        /// The app's Client Secret (AppSecret).
        public var clientSecret: SecretReference
        /// Which id is the subject.
        public var subject: DingTalkSubject
        /// The issuer of the subjects; nil for one made of the API's address and, for ids of one app, of the Client ID.
        public var issuer: String?
        /// Where DingTalk's API is.
        public var apiURL: String
        /// Where DingTalk's pages for browsers are.
        public var authorizeURL: String
        /// Whether to take codes that DingTalk's SDK gave a mobile app, beside redirects. DingTalk knows no PKCE, so a code
        /// that was stolen on its way through a browser would then be good without the browser's login.
        public var nativeCodes: Bool

        /// Where DingTalk's API is for everyone.
        public static let defaultAPIURL = "https://api.dingtalk.com"
        /// Where DingTalk's pages for browsers are for everyone.
        public static let defaultAuthorizeURL = "https://login.dingtalk.com"

        private enum CodingKeys: String, CodingKey {
            case clientId, clientSecret, subject, issuer, apiURL, authorizeURL, nativeCodes
        }

        /// Creates settings. They are checked where a provider is made from them.
        public init(
            clientId: String,
            clientSecret: SecretReference,
            subject: DingTalkSubject = .unionId,
            issuer: String? = nil,
            apiURL: String = defaultAPIURL,
            authorizeURL: String = defaultAuthorizeURL,
            nativeCodes: Bool = true
        ) {
            self.clientId = clientId
            self.clientSecret = clientSecret
            self.subject = subject
            self.issuer = issuer
            self.apiURL = apiURL
            self.authorizeURL = authorizeURL
            self.nativeCodes = nativeCodes
        }

        /// Decodes settings under their configuration keys.
        ///
        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            func text(_ key: CodingKeys) throws -> String? {
                try container.decodeIfPresent(String.self, forKey: key)
            }
            self.init(
                clientId: try container.decode(String.self, forKey: .clientId),
                clientSecret: try container.decode(SecretReference.self, forKey: .clientSecret),
                subject: try container.decodeIfPresent(DingTalkSubject.self, forKey: .subject) ?? .unionId,
                issuer: try text(.issuer),
                apiURL: try text(.apiURL) ?? Self.defaultAPIURL,
                authorizeURL: try text(.authorizeURL) ?? Self.defaultAuthorizeURL,
                nativeCodes: try container.decodeIfPresent(Bool.self, forKey: .nativeCodes) ?? true
            )
        }
    }
}
