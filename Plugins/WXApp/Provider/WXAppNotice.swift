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
}
