import Foundation
import IdentityBroker
import StrictJSON

/// The issuers whose tokens an instance accepts: the configured one and its aliases, or those of the tenants that share
/// one provider (Microsoft identity platform, "Validate the issuer").
struct ExpectedIssuers: Sendable {
    /// The placeholder for a tenant's id in the issuer.
    static let placeholder = "{tenantid}"

    /// Which tenants are let in.
    enum Tenants: Sendable, Hashable {
        case any
        /// Those with these ids, in lower case.
        case listed([String])
    }

    /// The issuer, with or without a placeholder.
    let issuer: String
    let aliases: [String]
    /// Nil without a placeholder.
    let tenants: Tenants?

    private var spellings: [String] { [issuer] + aliases }

    /// The one tenant; nil if there may be others.
    private var onlyTenant: String? {
        guard case .listed(let ids) = tenants, ids.count == 1 else { return nil }
        return ids[0]
    }

    /// What the discovery document calls the issuer: with several tenants, that has the placeholder in it as well.
    var documentIssuer: String { onlyTenant.map { Self.issuer(issuer, of: $0) } ?? issuer }

    /// The longest issuer that an identity can have. All tenant ids have the same length.
    var longestIssuer: String {
        tenants == nil ? issuer : Self.issuer(issuer, of: String(repeating: "0", count: Self.tenantIDBytes))
    }

    /// The names that the provider may give itself, with the placeholder if any tenant is let in.
    var known: [String] {
        guard case .listed(let ids) = tenants else { return spellings }
        return ids.flatMap { id in spellings.map { Self.issuer($0, of: id) } }
    }

    /// The address that the discovery document is below.
    func location(at tenant: String) -> String { Self.issuer(documentIssuer, of: tenant) }

    private static func issuer(_ template: String, of tenant: String) -> String {
        template.replacing(placeholder, with: tenant)
    }

    /// The spellings of the one issuer that a token may have; with tenants, that of the tenant that it names in `tid`.
    func spellings(for claims: JSONObject) throws(IDTokenFault) -> [String] {
        guard tenants != nil else { return spellings }
        let tenant = try Self.tenant(of: claims)
        return spellings.map { Self.issuer($0, of: tenant) }
    }

    private static func tenant(of claims: JSONObject) throws(IDTokenFault) -> String {
        guard let tenant = claims["tid"]?.string, isTenantID(tenant) else {
            throw .invalid("names no tenant, or not by its id (tid)")
        }
        return tenant
    }

    /// The token's issuer, if it is an expected one.
    func issuer(of claims: JSONObject) throws(IDTokenFault) -> String {
        guard let issuer = claims["iss"]?.string, try spellings(for: claims).hasSame(issuer) else {
            throw .invalid("is another issuer's, or names none")
        }
        return issuer
    }

    /// Refuses the tenants that are not let in. The claims are those of a token with an expected issuer and a valid
    /// signature.
    func checkTenant(of claims: JSONObject) throws(IDTokenFault) {
        guard case .listed(let ids) = tenants else { return }
        guard let tenant = claims["tid"]?.string, ids.hasSame(tenant) else {
            throw IDTokenFault(.notAdmitted, "is not of a tenant in tenants")
        }
    }

    /// The identity's issuer, if it is not the instance's: that of the tenant, in the issuer's own spelling.
    func identityIssuer(of claims: JSONObject) throws(IDTokenFault) -> Issuer? {
        guard tenants != nil else { return nil }
        guard let issuer = Issuer(Self.issuer(issuer, of: try Self.tenant(of: claims))) else {
            throw .invalid("has an issuer that is too long")
        }
        return issuer
    }

    private static let tenantIDBytes = 36

    /// Whether it is a GUID. In lower case, as Microsoft writes them, so that no tenant has two spellings.
    static func isTenantID(_ text: String) -> Bool {
        text.utf8.count == tenantIDBytes && UUID(uuidString: text) != nil && text == text.lowercased()
    }
}
