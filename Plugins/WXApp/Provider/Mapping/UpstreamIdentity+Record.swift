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
