import IdentityBroker
import StrictJSON

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
