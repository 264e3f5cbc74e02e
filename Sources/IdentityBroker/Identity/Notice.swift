/// Something in the upstream's record that was dropped or doubted during mapping, and why.
///
/// A notice is a word in snake case from the closed list in the provider's manifest; it never contains a value.
public struct Notice: RawRepresentable, Sendable, Hashable {
    /// The word.
    public let rawValue: String

    /// Names a custom notice.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Disallowed characters were removed from a name, or a name was shortened.
    public static let nameCleaned = Notice(rawValue: "name_cleaned")
    /// The picture is not an absolute https URL.
    public static let pictureRefused = Notice(rawValue: "picture_refused")
    /// The e-mail address is not exactly one address.
    public static let emailRefused = Notice(rawValue: "email_refused")
    /// The upstream refused the app's own token, and the request was repeated with a newer one. It appears only in the
    /// audit event, since it is not about the person.
    public static let appTokenRenewed = Notice(rawValue: "app_token_renewed")
}

extension Notice: CustomStringConvertible {
    /// The word.
    public var description: String { rawValue }
}
