#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker
import StrictJSON

/// The standard claims of a person, to be told scope by scope.
struct PersonalClaims {
    private let members: JSONObject

    private static let reader = JSONReader()

    /// Claims as a login made them out.
    init(_ claims: Claims) throws(OAuthError) {
        guard let text = try? json(claims) else { throw .claimsUnreadable }
        try self.init(text)
    }

    /// The claims of an account as its grant's provider vouches for them: of the identity that signed in with that
    /// instance, else of the one that signed in last.
    init(of account: Account, as provider: ProviderID) throws(OAuthError) {
        let latest = account.identities.sorted { $0.lastLogin < $1.lastLogin }
        guard let identity = latest.last(where: { $0.provider == provider }) ?? latest.last else {
            throw .claimsUnreadable
        }
        try self.init(identity.claims.utf8)
    }

    private init(_ document: some Collection<UInt8>) throws(OAuthError) {
        guard let members = (try? Self.reader.read(document))?.object else { throw .claimsUnreadable }
        self.members = members
    }

    /// The claims that these scopes are about, and no others.
    func disclosed(for scope: ScopeList) -> [String: AttributeValue] {
        var claims: [String: AttributeValue] = [:]
        for name in scope.scopes.flatMap(\.claims) {
            if let value = members[name] { claims[name] = AttributeValue(value) }
        }
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
            self = .object(Dictionary(object.map { ($0.name, AttributeValue($0.value)) }) { first, _ in first })
        }
    }
}

extension OAuthError {
    static var claimsUnreadable: OAuthError {
        OAuthError(.serverError, "The account's claims cannot be read.")
    }
}
