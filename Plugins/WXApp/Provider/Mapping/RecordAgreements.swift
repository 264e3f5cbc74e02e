import IdentityBroker
import StrictJSON

/// What the record, the WeChat profile in it and the token state about the same facts, for the gate to judge.
struct RecordAgreements {
    var subject = Agreement(on: "subject")
    var userPool = Agreement(on: "user pool")
    var unionid = Agreement(on: "unionid")
    var openid = Agreement(on: "openid")

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if an id is not text.
    init(
        _ record: GenAuthUserRecord,
        profile: WeChatProfile?,
        token: TokenClaims?,
        userPoolId: String
    ) throws(BrokerError) {
        try subject.add(requiredText: record.underscoreId, at: "_id")
        try subject.add(requiredText: record.id, at: "id")
        try subject.add(requiredText: record.userId, at: "userId")
        try subject.add(requiredText: token?.id, at: "token.data.id")
        try subject.add(requiredText: token?.subject, at: "token.sub")

        userPool.add(userPoolId, at: "settings.userPoolId")
        try userPool.add(requiredText: token?.clientId, at: "token.data.clientId")
        try userPool.add(optionalText: record.userPoolId, at: "userPoolId")

        try unionid.add(optionalText: record.unionid, at: "unionid")
        try unionid.add(optionalText: profile?.unionid, at: "oauth.unionid")
        try unionid.add(optionalText: token?.unionid, at: "token.data.unionid")

        try openid.add(optionalText: record.openid, at: "openid")
        try openid.add(optionalText: profile?.openid, at: "oauth.openid")
    }
}

extension Agreement {
    /// Adds an id that must be valid wherever it appears: a member that is present but empty, `null` or not text is
    /// refused.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved`.
    mutating func add(requiredText value: JSONValue?, at place: String) throws(BrokerError) {
        guard let value else { return }
        guard let text = value.string, !text.isEmpty else { throw Self.noText(at: place) }
        add(text, at: place)
    }

    /// Adds an id that GenAuth leaves empty or `null` if WeChat gave none.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` for anything but visible ASCII, the form of all WeChat
    ///   ids: no gate checks them again.
    mutating func add(optionalText value: JSONValue?, at place: String) throws(BrokerError) {
        guard let value, !value.isNull, value.string != "" else { return }
        guard var text = value.string, text.utf8.count <= Self.longestId,
            text.withUTF8({ $0.allSatisfy { (0x21...0x7E).contains($0) } })
        else { throw Self.noText(at: place) }
        add(text, at: place)
    }

    private static let longestId = 255

    private static func noText(at place: String) -> BrokerError {
        BrokerError(.upstreamMisbehaved, "GenAuth's record has an id that is none: \(place) is empty or no plain text.")
    }
}

extension AccountStanding {
    /// The combined meaning of the record's flags: the first one that speaks against the user.
    ///
    /// An absent member says nothing. A member that is present must be understood: an unknown value, even `null`, might
    /// mean that the user is locked out.
    init(_ record: GenAuthUserRecord) {
        let verdicts = [
            Self.verdict(record.isDeleted, ifSet: .deleted),
            Self.verdict(record.blocked, ifSet: .blocked),
            Self.verdict(record.status, active: "activated", inactive: Self.inactiveStatuses),
            Self.verdict(record.workStatus, active: "active", inactive: ["closed"]),
        ]
        self = verdicts.first { $0 != .active } ?? .active
    }

    /// GenAuth's `UserStatus` of both generations, except the active one.
    private static let inactiveStatuses = ["suspended", "resigned", "archived", "deactivated"]

    private static func verdict(_ flag: JSONValue?, ifSet refusal: AccountStanding) -> AccountStanding {
        guard let flag else { return .active }
        if let isSet = flag.bool { return isSet ? refusal : .active }
        if let number = flag.int64 { return number == 1 ? refusal : number == 0 ? .active : .unrecognized }
        switch flag.string {
        case "true", "1": return refusal
        case "false", "0": return .active
        default: return .unrecognized
        }
    }

    private static func verdict(_ word: JSONValue?, active: String, inactive: [String]) -> AccountStanding {
        guard let word else { return .active }
        guard let text = word.string?.lowercased() else { return .unrecognized }
        if text == active { return .active }
        return inactive.contains(text) ? .suspended : .unrecognized
    }
}
