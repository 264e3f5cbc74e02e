import IdentityBroker

/// The closed list of what may be dropped or doubted in a GenAuth record.
enum WXAppNotice: String, CaseIterable {
    case phoneMasked = "phone_masked"
    case phoneConflict = "phone_conflict"
    case namePlaceholder = "name_placeholder"
    case nameCleaned = "name_cleaned"
    case pictureRefused = "picture_refused"
    case emailRefused = "email_refused"
    case unionidUnproven = "unionid_unproven"
    case oauthUnreadable = "oauth_unreadable"
    case metadataUnreadable = "metadata_unreadable"
    case upstreamTokenExpired = "upstream_token_expired"
    case upstreamTokenUnverified = "upstream_token_unverified"
    case upstreamTokenUnreadable = "upstream_token_unreadable"

    var notice: Notice { Notice(rawValue: rawValue) }

    var meaning: String {
        switch self {
        case .phoneMasked:
            "The phone number is masked or incomplete, so phone_number is omitted."
        case .phoneConflict:
            "The record and WeChat's profile in it have phone numbers that contradict each other, so neither is used."
        case .namePlaceholder:
            "A name is the placeholder that WeChat puts in the place of every real one, so it is not used."
        case .nameCleaned:
            "Characters that do not belong in a name were taken out of one, or a name was shortened."
        case .pictureRefused:
            "The picture is not an absolute https URL, so it is dropped."
        case .emailRefused:
            "The e-mail address is not exactly one address, so it is not used."
        case .unionidUnproven:
            "The unionid is, or may be, only the openid under another name, so it is not used."
        case .oauthUnreadable:
            "WeChat's profile, the record's oauth, is not a JSON object, so its claims are missing."
        case .metadataUnreadable:
            "The record's metadata is not JSON and is passed on as text."
        case .upstreamTokenExpired:
            "The upstream token has expired. The login stands: the exchange itself is the proof."
        case .upstreamTokenUnverified:
            """
            The upstream token is not signed with HS256, so that no tokenKey could verify it: pass it on to nobody who \
            trusts it unseen. A token that is merely not verified because no tokenKey is set gets no notice, since that \
            holds for every login alike and is known from the configuration.
            """
        case .upstreamTokenUnreadable:
            "The upstream token is not a JSON Web Token of the known form, so it was not compared with the record."
        }
    }

    var chineseMeaning: String {
        switch self {
        case .phoneMasked: "手机号被遮盖或不完整，因此没有 phone_number。"
        case .phoneConflict: "用户记录与其中的微信资料手机号互相矛盾，因此均未采用。"
        case .namePlaceholder: "名称是微信代替真实昵称的占位文字，因此未采用。"
        case .nameCleaned: "名称中不应出现的字符已被去除，或名称被截短。"
        case .pictureRefused: "头像不是完整的 https 地址，因此被舍弃。"
        case .emailRefused: "电子邮箱不是唯一的一个地址，因此未采用。"
        case .unionidUnproven: "unionid 是（或可能是）换了名称的 openid，因此未采用。"
        case .oauthUnreadable: "微信资料（记录的 oauth）不是 JSON 对象，因此缺少来自它的信息。"
        case .metadataUnreadable: "记录的 metadata 不是 JSON，按文本原样传递。"
        case .upstreamTokenExpired: "上游令牌已过期。登录仍然有效：换取用户信息这一步本身就是证明。"
        case .upstreamTokenUnverified:
            """
            上游令牌不是用 HS256 签名的，任何 tokenKey 都无法验证它：不要把它交给不加验证就信任它的一方。仅因未设置 tokenKey \
            而未经验证的令牌没有此提示，因为这对每次登录都一样，从配置即可得知。
            """
        case .upstreamTokenUnreadable: "上游令牌不是已知形式的 JSON Web Token，因此没有与记录比对。"
        }
    }
}
