#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker
import StrictJSON

/// The standard claims of a person, disclosed scope by scope.
struct PersonalClaims {
    private let members: [String: AttributeValue]

    private static let reader = JSONReader(allowsByteOrderMark: false)

    /// The claims as a login determined them.
    init(_ claims: Claims) {
        members = claims.members
    }

    /// The claims of an account as its grant's provider vouches for them: those of the identity that signed in with
    /// that instance, otherwise of the one that signed in last.
    init(of account: Account, as provider: ProviderID) throws(OAuthError) {
        let latest = account.identities.sorted { $0.lastLogin < $1.lastLogin }
        guard let identity = latest.last(where: { $0.provider == provider }) ?? latest.last else {
            throw .claimsUnreadable
        }
        guard let members = (try? Self.reader.read(identity.claims.utf8))?.object else { throw .claimsUnreadable }
        self.members = Dictionary(members)
    }

    /// The claims that these scopes cover, and no others.
    func disclosed(for scope: ScopeList) -> [String: AttributeValue] {
        var claims: [String: AttributeValue] = [:]
        for name in scope.scopes.flatMap(\.claims) { claims[name] = members[name] }
        return claims
    }
}

extension AttributeValue {
    fileprivate init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let bool): self = .boolean(bool)
        case .number(let number):
            self = number.int64.map(AttributeValue.integer) ?? number.double.map(AttributeValue.number) ?? .null
        case .string(let string): self = .string(string)
        case .array(let elements): self = .array(elements.map(AttributeValue.init))
        case .object(let object):
            self = .object(Dictionary(object))
        }
    }
}

extension [String: AttributeValue] {
    fileprivate init(_ object: JSONObject) {
        self.init(object.map { ($0.name, AttributeValue($0.value)) }) { first, _ in first }
    }
}

extension OAuthError {
    static var claimsUnreadable: OAuthError {
        OAuthError(.serverError, "The account's claims cannot be read.")
    }
}
