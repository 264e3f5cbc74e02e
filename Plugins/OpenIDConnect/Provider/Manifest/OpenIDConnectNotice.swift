import IdentityBroker

/// The closed list of what may be dropped or doubted in a profile.
enum OpenIDConnectNotice: String, CaseIterable {
    case profileUnreadable = "profile_unreadable"
    case emailRefused = "email_refused"
    case phoneRefused = "phone_refused"
    case nameCleaned = "name_cleaned"
    case pictureRefused = "picture_refused"

    var notice: Notice { Notice(rawValue: rawValue) }

    var meaning: String {
        switch self {
        case .profileUnreadable:
            "The userinfo endpoint failed, so claims that only it has are missing."
        case .emailRefused:
            "The e-mail address is not exactly one address, so it is not used."
        case .phoneRefused:
            "The phone number is not complete in E.164 form, so it is not used."
        case .nameCleaned:
            "Characters that do not belong in a name were removed from one, or a name was shortened."
        case .pictureRefused:
            "The picture is not an absolute https URL, so it is dropped."
        }
    }
}
