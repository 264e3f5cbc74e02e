import IdentityBroker
import StrictJSON

/// The standard claims of a person, disclosed scope by scope.
struct PersonalClaims {
    private let members: JSONObject

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
        self.members = members
    }

    /// The claims that these scopes cover, and no others.
    func disclosed(for scope: ScopeList) -> JSONObject {
        let names = scope.scopes.flatMap(\.claims)
        return JSONObject(names.compactMap { name in members[name].map { (name, $0) } })
    }
}

extension OAuthError {
    static var claimsUnreadable: OAuthError {
        OAuthError(.serverError, "The account's claims cannot be read.")
    }
}
