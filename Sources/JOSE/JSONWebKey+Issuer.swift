import Foundation

extension JSONWebKey {
    /// The placeholder for a tenant's id in the `issuer` of a key that signs for every tenant of Microsoft (Microsoft
    /// identity platform, "Validate the issuer").
    private static let tenantPlaceholder = "{tenantid}"

    /// Whether the key may sign tokens of an issuer: of any issuer if the key names none, otherwise of exactly the
    /// issuer that it names. `{tenantid}` in that name matches any tenant's id, a GUID: the caller decides which
    /// tenants to trust, and whether the token's `tid` is that of its issuer.
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

    /// The length of a GUID in its text form, in bytes.
    private static let tenantBytes = 36
}
