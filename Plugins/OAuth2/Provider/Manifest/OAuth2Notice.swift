import IdentityBroker

/// The closed list of what may be dropped or doubted in a record.
enum OAuth2Notice: String, CaseIterable {
    case emailsUnreadable = "emails_unreadable"
    case emailRefused = "email_refused"
    case phoneRefused = "phone_refused"
    case nameCleaned = "name_cleaned"
    case pictureRefused = "picture_refused"

    var notice: Notice { Notice(rawValue: rawValue) }

    var meaning: String {
        switch self {
        case .emailsUnreadable:
            "The endpoint for e-mail addresses failed, so the address is the record's, or missing."
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
