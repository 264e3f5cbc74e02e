import IdentityBroker
import UpstreamAPI

/// One app of one company at WeCom, as checked settings describe it.
struct Corporation: Sendable {
    /// The company's id, as the settings write it.
    let corpId: String
    /// The company's id as a key: in lower case, unless it is an encrypted one.
    let key: String
    let agentId: String
    let secret: Secret
    let api: UpstreamURL
    let issuer: Issuer
    private let hasEncryptedUserids: Bool

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be
    ///   read.
    init(_ settings: WeComProvider.Settings, in context: ProviderContext) throws(BrokerError) {
        corpId = try CheckedSetting.id(settings.corpId, "corpId")
        key = CorpID.isPlain(corpId) ? corpId.lowercased() : corpId
        hasEncryptedUserids = settings.encryptedUserids ?? !CorpID.isPlain(corpId)
        guard (1...20).contains(settings.agentId.utf8.count),
            settings.agentId.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .misconfigured("agentId takes the number of the app at WeCom (AgentId), such as 1000002.") }
        agentId = settings.agentId
        api = try CheckedSetting.url(settings.apiURL, "apiURL", as: WeComProvider.Settings.defaultAPIURL)
        issuer = try CheckedSetting.issuer(settings.issuer ?? api.appending(key).description)
        secret = try context.resolve(settings.secret)
    }

    /// Where requests go.
    var endpoint: ProviderEndpoint { ProviderEndpoint("address of WeCom's API (apiURL)", api) }

    /// Whether a corpid in an answer is this company's. WeCom does not distinguish the case of those that it shows a company
    /// itself, and distinguishes that of the encrypted ones that it gives service providers.
    func isNamed(_ corpid: String) -> Bool {
        (CorpID.isPlain(corpId) ? corpid.lowercased() : corpid) == key
    }

    /// The userid as a key: in lower case, since WeCom does not distinguish the case of those that a company gives; as it
    /// is where the app gets encrypted ones.
    func key(of userid: String) -> String { hasEncryptedUserids ? userid : userid.lowercased() }
}

/// The two kinds of corpids.
enum CorpID {
    /// Whether it is one that a company sees itself, `ww` or `wx` and 16 hexadecimal digits, and not an encrypted one.
    static func isPlain(_ corpid: String) -> Bool {
        let digits = corpid.utf8.dropFirst(2)
        return ["ww", "wx"].contains(corpid.prefix(2).lowercased()) && digits.count == 16
            && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
}

/// The two kinds of userids.
enum UserID {
    /// Whether it has the form of one that WeCom encrypted for a service provider.
    static func isEncrypted(_ userid: String) -> Bool { userid.hasPrefix("wo") && userid.utf8.count == 32 }
}
