import Foundation
import IdentityBroker
import StrictJSON

extension UpstreamIdentity {
    /// Maps a record, without gating it or cleaning its claims.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if an id is not text.
    init(_ record: GenAuthUserRecord, token: TokenInspection, in scope: RecordScope) throws(BrokerError) {
        var notices = token.notices
        let profile = Self.profile(of: record, &notices)
        let agreements = try RecordAgreements(
            record,
            profile: profile,
            token: token.claims,
            userPoolId: scope.userPoolId
        )
        self.init(standing: AccountStanding(record), subject: agreements.subject)
        self.agreements = [agreements.userPool, agreements.unionid, agreements.openid]
        claims = Claims(record, profile, &notices)
        alternateIdentifiers = .init(record, profile, agreements, appId: scope.appId, &notices)
        attributes = .init(record, tokenExpiry: token.expiry, &notices)
        let members = record.members
        setRecord { RecordRedaction.redacted(.object(members)) }
        self.token = token.token
        self.notices = notices.map(\.notice)
    }

    /// An unreadable profile loses its claims but does not fail the login.
    private static func profile(of record: GenAuthUserRecord, _ notices: inout [WXAppNotice]) -> WeChatProfile? {
        switch EmbeddedJSON(record.oauth) {
        case .absent:
            return nil
        case .value(.object(let members)):
            return WeChatProfile(members)
        case .value, .unreadable:
            notices.append(.oauthUnreadable)
            return nil
        }
    }
}

extension [AlternateIdentifier] {
    /// The WeChat ids that the record proves to be what their names say. An id that differs between places is left out;
    /// the gate then refuses the record.
    init(
        _ record: GenAuthUserRecord,
        _ profile: WeChatProfile?,
        _ agreements: RecordAgreements,
        appId: String,
        _ notices: inout [WXAppNotice]
    ) {
        self = []
        let openid = agreements.openid.agreedValue
        let isNamedByWeChat = profile?.unionid?.isText == true
        // An id that only the token contains is the person's id at some third party, not necessarily WeChat's unionid.
        if let unionid = agreements.unionid.agreedValue, isNamedByWeChat || record.unionid?.isText == true {
            // Without a unionid GenAuth puts the openid there, and the two look alike.
            if unionid != openid, openid != nil || isNamedByWeChat {
                // Its scope is the Open Platform account of the mini program, which no record names.
                append(AlternateIdentifier(type: "wechat_unionid", value: unionid))
            } else {
                notices.append(.unionidUnproven)
            }
        }
        if let openid {
            append(AlternateIdentifier(type: "wechat_openid", scope: appId, value: openid))
        }
    }
}

extension JSONValue {
    fileprivate var isText: Bool { string?.isEmpty == false }
}

extension JSONObject {
    /// What GenAuth knows about the account that no standard claim covers. Empty and unreadable values are omitted.
    init(_ record: GenAuthUserRecord, tokenExpiry: Date?, _ notices: inout [WXAppNotice]) {
        self.init(minimumCapacity: 7)
        self["company"] = Self.text(record.company)
        self["last_login"] = Self.time(record.lastLogin)
        self["logins_count"] = record.loginsCount?.wholeNumber.map(JSONValue.integer)
        self["metadata"] = Self.metadata(record, &notices)
        self["register_method"] = Self.text(record.registerMethod)
        self["signed_up"] = Self.time(record.signedUp ?? record.createdAt)
        self["upstream_token_expires_at"] = tokenExpiry.map { .string(UpstreamTime($0).text) }
    }

    private static func time(_ text: String?) -> JSONValue? {
        text.flatMap(UpstreamTime.init).map { .string($0.text) }
    }

    private static func text(_ text: String?) -> JSONValue? {
        text.flatMap(DisplayText.cleaned).map(JSONValue.string)
    }

    private static func metadata(_ record: GenAuthUserRecord, _ notices: inout [WXAppNotice]) -> JSONValue? {
        switch EmbeddedJSON(record.metadata) {
        case .absent:
            return nil
        case .value(let value):
            return RecordRedaction.redacted(value)
        case .unreadable(let text):
            notices.append(.metadataUnreadable)
            return .string(text)
        }
    }
}
