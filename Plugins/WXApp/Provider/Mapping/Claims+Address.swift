import IdentityBroker

extension Claims {
    /// The record's address if it has one, otherwise the location that WeChat reports. The two are never mixed.
    static func address(_ record: GenAuthUserRecord, _ profile: WeChatProfile?) -> PostalAddress? {
        let own = PostalAddress(
            locality: record.locality ?? record.city,
            region: record.region ?? record.province,
            country: record.country,
            postalCode: record.postalCode,
            streetAddress: record.streetAddress,
            formatted: record.formatted ?? record.address
        )
        if !own.isEmpty { return own }
        guard let profile else { return nil }
        let other = PostalAddress(locality: profile.city, region: profile.province, country: profile.country)
        return other.isEmpty ? nil : other
    }
}
