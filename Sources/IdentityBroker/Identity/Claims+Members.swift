#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Claims {
    /// The claims by their standard names (OpenID Connect Core §5.1); what is not known is not there. `updated_at` is in whole
    /// seconds since 1970, and left out where it is beyond any calendar.
    package var members: [String: AttributeValue] {
        var members: [String: AttributeValue] = [:]
        func set(_ name: String, _ value: String?) {
            if let value { members[name] = .string(value) }
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
        members["email_verified"] = email?.verification.map(AttributeValue.boolean)
        set("gender", gender)
        set("birthdate", birthdate)
        set("zoneinfo", zoneinfo)
        set("locale", locale)
        set("phone_number", phoneNumber?.value.rawValue)
        members["phone_number_verified"] = phoneNumber?.verification.map(AttributeValue.boolean)
        members["address"] = (address?.members).map(AttributeValue.object)
        members["updated_at"] = updatedAt.flatMap { Int64(exactly: $0.timeIntervalSince1970.rounded(.down)) }
            .map(AttributeValue.integer)
        return members
    }
}

extension Claims: Encodable {
    /// Encodes the claims by their standard names.
    public func encode(to encoder: any Encoder) throws {
        try members.encode(to: encoder)
    }
}
