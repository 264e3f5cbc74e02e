public import IdentityBroker

/// Which of a person's ids at Alipay is the subject. An answer without it is refused: another id in its place would make
/// a known person a new one.
public enum AlipaySubject: String, Sendable, Hashable, CaseIterable, Decodable {
    /// The id at one app, or at one group of apps.
    case openId = "open_id"
    /// The id at Alipay itself, the same for all apps; newer apps do not get it.
    case userId = "user_id"
}

extension AlipayProvider {
    /// The settings under `settings:` of an instance of type `alipay`.
    ///
    /// Answers are verified with either ``alipayPublicKey``, or the three certificates.
    public struct Settings: Decodable, Sendable {
        /// The app's AppID.
        public var appId: String
        /// The app's private key (RSA2), in PEM form or in Base64, as PKCS #8 or PKCS #1.
        public var privateKey: SecretReference
        /// The public key with which Alipay signs for this app, in PEM form or in Base64; nil in certificate mode.
        public var alipayPublicKey: SecretReference?
        /// The path of the app's certificate (`appCertPublicKey_….crt`), in certificate mode.
        public var appCertificate: String?
        /// The path of Alipay's certificate (`alipayCertPublicKey_RSA2.crt`), in certificate mode.
        public var alipayCertificate: String?
        /// The path of the bundle of root certificates (`alipayRootCert.crt`), in certificate mode.
        public var rootCertificate: String?
        /// Which id is the subject.
        public var subject: AlipaySubject
        /// The issuer of the subjects; nil for one made of the API's address and, for ids of one app, of the AppID.
        public var issuer: String?
        /// Where Alipay's gateway is.
        public var apiURL: String
        /// Where Alipay's pages for browsers are.
        public var authorizeURL: String
        /// Whether to take codes that Alipay gave an app or a mini program, beside redirects. Alipay knows no PKCE, so a code
        /// that was stolen on its way through a browser would then be good without the browser's login.
        public var nativeCodes: Bool

        /// Where Alipay's gateway is for everyone.
        public static let defaultAPIURL = "https://openapi.alipay.com"
        /// Where Alipay's pages for browsers are for everyone.
        public static let defaultAuthorizeURL = "https://openauth.alipay.com"

        private enum CodingKeys: String, CodingKey {
            case appId, privateKey, alipayPublicKey, appCertificate, alipayCertificate, rootCertificate, subject, issuer
            case apiURL, authorizeURL, nativeCodes
        }

        /// Creates settings without keys of Alipay's. They are checked where a provider is made from them.
        public init(
            appId: String,
            privateKey: SecretReference,
            subject: AlipaySubject = .openId,
            issuer: String? = nil,
            apiURL: String = defaultAPIURL,
            authorizeURL: String = defaultAuthorizeURL,
            nativeCodes: Bool = true
        ) {
            self.appId = appId
            self.privateKey = privateKey
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
                appId: try container.decode(String.self, forKey: .appId),
                privateKey: try container.decode(SecretReference.self, forKey: .privateKey),
                subject: try container.decodeIfPresent(AlipaySubject.self, forKey: .subject) ?? .openId,
                issuer: try text(.issuer),
                apiURL: try text(.apiURL) ?? Self.defaultAPIURL,
                authorizeURL: try text(.authorizeURL) ?? Self.defaultAuthorizeURL,
                nativeCodes: try container.decodeIfPresent(Bool.self, forKey: .nativeCodes) ?? true
            )
            alipayPublicKey = try container.decodeIfPresent(SecretReference.self, forKey: .alipayPublicKey)
            appCertificate = try text(.appCertificate)
            alipayCertificate = try text(.alipayCertificate)
            rootCertificate = try text(.rootCertificate)
        }
    }
}

extension AlipayProvider: SettingsAdvising {
    /// Warns of an AppID that does not look like one.
    public static func advice(settings: Settings) -> [String] {
        let isUsual = settings.appId.utf8.count == 16 && settings.appId.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard !isUsual else { return [] }
        return ["An AppID of Alipay is 16 digits, and appId does not look like it. Check that it is the app's."]
    }
}
