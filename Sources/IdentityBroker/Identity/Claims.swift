public import Foundation

/// The standard claims of OpenID Connect Core §5.1, except `sub`. An unknown claim is nil, never an empty text.
public struct Claims: Sendable, Hashable {
    /// Full name as shown.
    public var name: String?
    /// Given name.
    public var givenName: String?
    /// Family name.
    public var familyName: String?
    /// Middle name.
    public var middleName: String?
    /// Casual name.
    public var nickname: String?
    /// Shorthand name. Not unique, so not a key.
    public var preferredUsername: String?
    /// URL of the profile page.
    public var profile: String?
    /// URL of the picture; absolute and https.
    public var picture: String?
    /// URL of the web site.
    public var website: String?
    /// E-mail address.
    public var email: Contact<EmailAddress>?
    /// `male`, `female`, or another value of the upstream's.
    public var gender: String?
    /// Birthday as `YYYY-MM-DD`, `0000-MM-DD` or `YYYY`.
    public var birthdate: String?
    /// Time zone name from the IANA database.
    public var zoneinfo: String?
    /// Language tag of BCP 47, such as `zh-CN`.
    public var locale: String?
    /// Phone number.
    public var phoneNumber: Contact<PhoneNumber>?
    /// Postal address.
    public var address: PostalAddress?
    /// When the profile last changed.
    public var updatedAt: Date?

    /// Makes empty claims.
    public init() {}
}
