public import Foundation
package import StrictJSON

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

extension Claims {
    /// The claims by their standard names (OpenID Connect Core §5.1); what is not known is not there. `updated_at` is in whole
    /// seconds since 1970, and left out where it is beyond any calendar.
    package var members: JSONObject {
        var members: [(String, JSONValue)] = []
        func set(_ name: String, _ value: JSONValue?) {
            if let value { members.append((name, value)) }
        }
        func set(_ name: String, _ value: String?) {
            set(name, value.map(JSONValue.string))
        }
        set("name", name)
        set("given_name", givenName)
        set("family_name", familyName)
        set("middle_name", middleName)
        set("nickname", nickname)
        set("preferred_username", preferredUsername)
        set("profile", profile)
        set("picture", picture)
        set("website", website)
        set("email", email?.value.rawValue)
        set("email_verified", email?.verification.map(JSONValue.bool))
        set("gender", gender)
        set("birthdate", birthdate)
        set("zoneinfo", zoneinfo)
        set("locale", locale)
        set("phone_number", phoneNumber?.value.rawValue)
        set("phone_number_verified", phoneNumber?.verification.map(JSONValue.bool))
        set("address", (address?.members).map(JSONValue.object))
        let update = updatedAt.flatMap { Int64(exactly: $0.timeIntervalSince1970.rounded(.down)) }
        set("updated_at", update.map(JSONValue.integer))
        return JSONObject(members)
    }
}

extension Claims: Encodable {
    /// Encodes the claims by their standard names.
    public func encode(to encoder: any Encoder) throws {
        try members.encode(to: encoder)
    }
}
