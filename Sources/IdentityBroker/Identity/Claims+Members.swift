import Foundation
package import StrictJSON

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
