/// What a client may ask to know about a person (OpenID Connect Core §5.4).
public enum Scope: String, Sendable, Hashable, CaseIterable {
    /// That the request is about a person at all: an ID token, and permission to ask for more.
    case openid
    /// Names, picture, gender, birthday, locale and the like.
    case profile
    /// E-mail address.
    case email
    /// Phone number.
    case phone
    /// Postal address.
    case address

    /// The claims that the scope is about.
    var claims: [String] {
        switch self {
        case .openid:
            []
        case .profile:
            [
                "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
                "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
            ]
        case .email:
            ["email", "email_verified"]
        case .phone:
            ["phone_number", "phone_number_verified"]
        case .address:
            ["address"]
        }
    }
}
