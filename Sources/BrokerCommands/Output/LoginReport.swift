import Foundation
import IdentityBroker
import StrictJSON

/// The result of a login as JSON: the identity, and what else was requested.
struct LoginReport {
    let identity: Identity
    let includesRecord: Bool
    let includesToken: Bool

    var members: JSONObject {
        var members = identity.members
        if includesRecord { members["upstream"] = identity.record ?? .null }
        if includesToken {
            members["upstream_token"] = (identity.upstreamToken?.reveal()).map(JSONValue.string) ?? .null
        }
        return members
    }
}

/// An identity, formatted for people.
struct IdentityText {
    let identity: Identity

    func rendered(in style: TextStyle) -> String {
        var table = TextTable()
        table.heading("Signed in: \(identity.claims.name ?? identity.claims.nickname ?? identity.subject)")
        table.row("provider", identity.provider.rawValue)
        table.row("issuer", identity.issuer.rawValue)
        table.row("subject", identity.subject)
        table.row("authenticated", identity.authenticatedAt.formatted(.iso8601))
        addClaims(to: &table)
        if !identity.alternateIdentifiers.isEmpty { table.heading("Alternate identifiers") }
        for identifier in identity.alternateIdentifiers {
            let scope = identifier.scope.map { " (\($0))" } ?? ""
            table.row(identifier.type, identifier.value + scope)
        }
        if !identity.attributes.isEmpty { table.heading("Attributes") }
        for attribute in identity.attributes.sorted(by: { $0.name < $1.name }) {
            table.row(attribute.name, attribute.value.string ?? attribute.value.terminalJSON)
        }
        if !identity.notices.isEmpty {
            table.heading("Notices")
            table.row("dropped or doubted", identity.notices.map(\.rawValue).joined(separator: ", "))
        }
        return table.rendered(in: style)
    }

    private func addClaims(to table: inout TextTable) {
        let claims = identity.claims
        guard claims != Claims() else { return }
        table.heading("Claims")
        table.row("name", claims.name)
        table.row("nickname", claims.nickname)
        table.row("given_name", claims.givenName)
        table.row("family_name", claims.familyName)
        table.row("middle_name", claims.middleName)
        table.row("preferred_username", claims.preferredUsername)
        table.row("picture", claims.picture)
        table.row("profile", claims.profile)
        table.row("website", claims.website)
        table.row("email", claims.email.map { $0.value.rawValue + $0.verification.note })
        table.row("phone_number", claims.phoneNumber.map { $0.value.rawValue + $0.verification.note })
        table.row("gender", claims.gender)
        table.row("birthdate", claims.birthdate)
        table.row("zoneinfo", claims.zoneinfo)
        table.row("locale", claims.locale)
        table.row("address", claims.address?.line)
        table.row("updated", claims.updatedAt?.formatted(.iso8601))
    }
}

extension Optional where Wrapped == Bool {
    fileprivate var note: String {
        switch self {
        case true?: " (verified)"
        case false?: " (not verified)"
        case nil: ""
        }
    }
}

extension PostalAddress {
    fileprivate var line: String? {
        let parts = [streetAddress, locality, region, postalCode, country].compactMap { $0 }
        return parts.isEmpty ? formatted : parts.joined(separator: ", ")
    }
}
