#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Claims: Encodable {
    private enum CodingKeys: String, CodingKey {
        case name, nickname, profile, picture, website, email, gender, birthdate, zoneinfo, locale, address
        case givenName = "given_name"
        case familyName = "family_name"
        case middleName = "middle_name"
        case preferredUsername = "preferred_username"
        case emailVerified = "email_verified"
        case phoneNumber = "phone_number"
        case phoneNumberVerified = "phone_number_verified"
        case updatedAt = "updated_at"
    }

    /// Encodes the claims by their standard names; `updated_at` is in whole seconds since 1970 (OpenID Connect Core §5.1),
    /// and left out where it is beyond any calendar.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(givenName, forKey: .givenName)
        try container.encodeIfPresent(familyName, forKey: .familyName)
        try container.encodeIfPresent(middleName, forKey: .middleName)
        try container.encodeIfPresent(nickname, forKey: .nickname)
        try container.encodeIfPresent(preferredUsername, forKey: .preferredUsername)
        try container.encodeIfPresent(profile, forKey: .profile)
        try container.encodeIfPresent(picture, forKey: .picture)
        try container.encodeIfPresent(website, forKey: .website)
        try container.encodeIfPresent(email?.value.rawValue, forKey: .email)
        try container.encodeIfPresent(email?.verification, forKey: .emailVerified)
        try container.encodeIfPresent(gender, forKey: .gender)
        try container.encodeIfPresent(birthdate, forKey: .birthdate)
        try container.encodeIfPresent(zoneinfo, forKey: .zoneinfo)
        try container.encodeIfPresent(locale, forKey: .locale)
        try container.encodeIfPresent(phoneNumber?.value.rawValue, forKey: .phoneNumber)
        try container.encodeIfPresent(phoneNumber?.verification, forKey: .phoneNumberVerified)
        try container.encodeIfPresent(address, forKey: .address)
        try container.encodeIfPresent(
            updatedAt.flatMap { Int64(exactly: $0.timeIntervalSince1970.rounded(.down)) }, forKey: .updatedAt)
    }
}
