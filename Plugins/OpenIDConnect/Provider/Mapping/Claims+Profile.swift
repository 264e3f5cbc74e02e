import Foundation
import IdentityBroker
import StrictJSON
import UpstreamAPI

extension Claims {
    /// The standard claims in a profile (OpenID Connect Core §5.1). One of another type than it should have is left out.
    init(_ profile: Profile, _ notices: inout [OpenIDConnectNotice]) {
        self.init()
        name = profile.text("name")
        givenName = profile.text("given_name")
        familyName = profile.text("family_name")
        middleName = profile.text("middle_name")
        nickname = profile.text("nickname")
        preferredUsername = profile.text("preferred_username")
        self.profile = profile.text("profile")
        picture = profile.text("picture")
        website = profile.text("website")
        email = Self.contact("email", in: profile, EmailAddress.init)
        if email == nil, profile.text("email") != nil { notices.append(.emailRefused) }
        gender = profile.text("gender")
        birthdate = profile.text("birthdate")
        zoneinfo = profile.text("zoneinfo")
        locale = profile.text("locale").map { $0.replacing("_", with: "-") }
        phoneNumber = Self.contact("phone_number", in: profile, PhoneNumber.init)
        if phoneNumber == nil, profile.text("phone_number") != nil { notices.append(.phoneRefused) }
        address = profile["address"]?.object.flatMap(Self.address)
        updatedAt = profile["updated_at"]?.double.map(Date.init(timeIntervalSince1970:))
    }

    /// A contact and its verification, both from one source: the verification of another address proves nothing.
    private static func contact<Value>(
        _ name: String,
        in profile: Profile,
        _ make: (String) -> Value?
    ) -> Contact<Value>? {
        guard let source = profile.source(of: name), let value = source[name]?.string.flatMap(make) else { return nil }
        return Contact(value, verified: profile.verification(of: name, in: source))
    }

    /// Adds the name that a provider posts beside the code, once and outside of any token: the user may have changed it,
    /// so it never replaces a claim.
    mutating func addName(postedIn part: Secret) {
        guard let posted = (try? JSONReader.upstream.read(part.revealBytes()))?["name"]?.object else { return }
        func text(_ name: String) -> String? { posted[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        let (given, family) = (text("firstName"), text("lastName"))
        givenName = givenName ?? given
        familyName = familyName ?? family
        let whole = [given, family].compactMap(\.self).joined(separator: " ")
        name = name ?? (whole.isEmpty ? nil : whole)
    }

    private static func address(_ members: JSONObject) -> PostalAddress? {
        func text(_ name: String) -> String? { members[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        let address = PostalAddress(
            locality: text("locality"), region: text("region"), country: text("country"),
            postalCode: text("postal_code"), streetAddress: text("street_address"), formatted: text("formatted"))
        return address.isEmpty ? nil : address
    }
}
