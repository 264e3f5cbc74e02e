import Foundation
import IdentityBroker
import StrictJSON

/// The issuers whose tokens an instance accepts: the configured one and its aliases, or those of the tenants that share
/// one provider (Microsoft identity platform, "Validate the issuer").
struct ExpectedIssuers: Sendable {
    /// What stands for a tenant's id in the issuer.
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

    /// The issuer as far as it is known before anyone signs in, which is also what the discovery document calls it: with
    /// several tenants, that has the placeholder in it as well.
    var instanceIssuer: String { onlyTenant.map { Self.issuer(issuer, of: $0) } ?? issuer }

    /// The names that the provider may give itself, as far as they are known.
    var known: [String] {
        guard case .listed(let ids) = tenants else { return spellings }
        return ids.flatMap { id in spellings.map { Self.issuer($0, of: id) } }
    }

    /// The address that the discovery document is below.
    func location(at tenant: String) -> String { Self.issuer(instanceIssuer, of: tenant) }

    private static func issuer(_ template: String, of tenant: String) -> String {
        template.replacing(placeholder, with: tenant)
    }

    /// The token's issuer, if it is an expected one; with tenants, that of the tenant that the token names in `tid`.
    func issuer(of claims: JSONObject) throws(IDTokenFault) -> String {
        var expected = spellings
        if tenants != nil {
            guard let tenant = claims["tid"]?.string, Self.isTenantID(tenant) else {
                throw .invalid("names no tenant, or not by its id (tid)")
            }
            expected = spellings.map { Self.issuer($0, of: tenant) }
        }
        guard let issuer = claims["iss"]?.string, expected.hasSame(issuer) else {
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
    func identityIssuer(of claims: JSONObject) -> Issuer? {
        guard tenants != nil, let tenant = claims["tid"]?.string, Self.isTenantID(tenant) else { return nil }
        return Issuer(Self.issuer(issuer, of: tenant))
    }

    /// Whether it is a GUID. In lower case, as Microsoft writes them, so that no tenant has two spellings.
    static func isTenantID(_ text: String) -> Bool {
        text.utf8.count == 36 && UUID(uuidString: text) != nil && text == text.lowercased()
    }
}
