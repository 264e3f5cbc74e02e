import IdentityBroker

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
