import StrictJSON

/// What the provider says of a person: in the ID token, and at the userinfo endpoint if it was asked.
struct Profile: Sendable {
    let idToken: JSONObject
    let userInfo: JSONObject?
    /// Whether a boolean may be written as text.
    private let writesBooleansAsText: Bool
    /// Whether the provider's word is enough for a contact to be verified.
    private let verifiesContacts: Bool
    /// Texts that mean that the provider does not know, by claim.
    private let unknowns: [String: String]

    init(idToken: JSONObject, userInfo: JSONObject?, _ peculiarities: Peculiarities = Peculiarities()) {
        self.idToken = idToken
        self.userInfo = userInfo
        writesBooleansAsText = peculiarities.writesBooleansAsText
        verifiesContacts = peculiarities.verifiesContacts
        unknowns = peculiarities.unknowns
    }

    /// What a source says about the verification of a contact in it.
    func verification(of name: String, in source: JSONObject) -> JSONValue? {
        let word = boolean(source["\(name)_verified"])
        return verifiesContacts || word == false ? word : nil
    }

    /// A value, which is a boolean if it is one as text and the provider writes them so.
    func boolean(_ value: JSONValue?) -> JSONValue? {
        guard writesBooleansAsText, let text = value?.string else { return value }
        return text == "true" ? true : text == "false" ? false : value
    }

    /// Both, the ID token's first.
    private var sources: [JSONObject] { [idToken] + (userInfo.map { [$0] } ?? []) }

    /// A claim. The ID token's counts, which is signed.
    subscript(name: String) -> JSONValue? {
        source(of: name)?[name]
    }

    /// The source whose word counts for a claim, and for what is said about that claim.
    func source(of name: String) -> JSONObject? {
        sources.first { $0[name].map { !$0.isNull } ?? false }
    }

    /// A claim that is text, not empty, and not the provider's word for not knowing.
    func text(_ name: String) -> String? {
        self[name]?.string.flatMap { $0.isEmpty || $0 == unknowns[name] ? nil : $0 }
    }

    /// Claims that identify one login, of no use once they were checked: anyone who may read a record would learn them.
    private static let claimsOfTokens = ["nonce", "jti", "at_hash", "c_hash"]

    /// All claims but those.
    var record: JSONObject {
        var record = userInfo ?? [:]
        for member in idToken where !member.value.isNull { record[member.name] = member.value }
        for name in Self.claimsOfTokens { record[name] = nil }
        return record
    }
}
