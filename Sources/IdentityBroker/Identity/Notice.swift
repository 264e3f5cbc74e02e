/// Something of the upstream's record that was dropped or doubted on the way to an identity, and why.
///
/// A notice is a word in snake case out of a list that the provider's manifest closes; it never holds a value.
public struct Notice: RawRepresentable, Sendable, Hashable {
    /// The word.
    public let rawValue: String

    /// Names a notice of one's own.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Characters that do not belong in a name were taken out of one, or a name was shortened.
    public static let nameCleaned = Notice(rawValue: "name_cleaned")
    /// The picture is not an absolute https URL.
    public static let pictureRefused = Notice(rawValue: "picture_refused")
    /// The e-mail address is not exactly one address.
    public static let emailRefused = Notice(rawValue: "email_refused")
    /// The upstream refused the app's own token, and a request was sent once more with a newer one. It appears in the audit event
    /// alone: it says nothing of the person.
    public static let appTokenRenewed = Notice(rawValue: "app_token_renewed")
}

extension Notice: CustomStringConvertible {
    /// The word.
    public var description: String { rawValue }
}
