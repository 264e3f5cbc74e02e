#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension JSONWebKey {
    /// What stands for a tenant's id in the `issuer` of a key that Microsoft signs with for every tenant (Microsoft identity
    /// platform, "Validate the issuer").
    private static let tenantPlaceholder = "{tenantid}"

    /// Whether the key may sign tokens of an issuer: any issuer's where the key names none, else those of the issuer that it
    /// names, byte for byte. `{tenantid}` in that name stands for any one tenant's id, a GUID: which tenants to trust, and
    /// whether the token's `tid` is that of its issuer, is the caller's decision.
    ///
    /// - Parameter issuer: The token's `iss`.
    public func signs(for issuer: String) -> Bool {
        guard let template = self.issuer else { return true }
        guard let placeholder = template.firstRange(of: Self.tenantPlaceholder) else {
            return template.utf8.elementsEqual(issuer.utf8)
        }
        let tenant = issuer.utf8.dropFirst(template[..<placeholder.lowerBound].utf8.count).prefix(Self.tenantBytes)
        guard let id = String(tenant), UUID(uuidString: id) != nil else { return false }
        return template.replacing(Self.tenantPlaceholder, with: id).utf8.elementsEqual(issuer.utf8)
    }

    /// How many bytes a GUID has as text.
    private static let tenantBytes = 36
}
