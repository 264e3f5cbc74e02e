package import StrictJSON

/// The `address` claim of OpenID Connect Core §5.1.1.
public struct PostalAddress: Sendable, Hashable {
    /// City or locality.
    public var locality: String?
    /// State, province or region.
    public var region: String?
    /// Country name.
    public var country: String?
    /// Postal code.
    public var postalCode: String?
    /// Street, house number and the like; may contain line breaks.
    public var streetAddress: String?
    /// The whole address as on an envelope.
    public var formatted: String?

    /// Makes an address.
    public init(
        locality: String? = nil,
        region: String? = nil,
        country: String? = nil,
        postalCode: String? = nil,
        streetAddress: String? = nil,
        formatted: String? = nil
    ) {
        self.locality = locality
        self.region = region
        self.country = country
        self.postalCode = postalCode
        self.streetAddress = streetAddress
        self.formatted = formatted
    }

    /// Whether nothing is known.
    public var isEmpty: Bool {
        locality == nil && region == nil && country == nil && postalCode == nil && streetAddress == nil
            && formatted == nil
    }

    /// The known members, by the claim's names.
    package var members: JSONObject {
        let known = [
            "locality": locality, "region": region, "country": country, "postal_code": postalCode,
            "street_address": streetAddress, "formatted": formatted,
        ]
        return JSONObject(known.compactMapValues(\.self))
    }
}

extension PostalAddress: Encodable {
    /// Encodes the address by the claim's names.
    public func encode(to encoder: any Encoder) throws {
        try members.encode(to: encoder)
    }
}
