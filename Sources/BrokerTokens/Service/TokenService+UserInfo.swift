public import Foundation
public import IdentityBroker
import StrictJSON

extension TokenService {
    /// The claims of a person that an access token's scope covers: a JSON object (OpenID Connect Core §5.3.2).
    ///
    /// - Throws: ``OAuthError``: `invalid_token`; `insufficient_scope` for a token without `openid`; with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails.
    public func userInfo(_ token: Secret) async throws(OAuthError) -> Data {
        try await userInfo(token) { _ in }
    }

    /// Like ``userInfo(_:)``, and tells the client of a genuine token whatever the answer is.
    package func userInfo(
        _ token: Secret,
        of client: @Sendable (TokenClient) -> Void
    ) async throws(OAuthError) -> Data {
        let action = begin(.userInfo, by: nil, presenting: "access_token")
        return try await perform(action) { action throws(OAuthError) in
            let token = try await verifier.verify(token.reveal())
            action.client = token.client
            action.isProven = true
            if let owner = clients[token.client] { client(owner) }
            guard token.grant != nil else {
                throw OAuthError(.invalidToken, "The token is refused: it is a client's own, and no person's.")
            }
            guard let grant = try await standingGrant(of: token) else {
                throw OAuthError(.invalidToken, "The token is refused: its grant has ended.")
            }
            action.grant = grant
            let scope = ScopeList(Set(token.scopes.compactMap(Scope.init)))
            guard scope.scopes.contains(.openid) else {
                throw OAuthError(.insufficientScope, "The token was not issued for the scope openid.")
            }
            var members = try await claims(of: grant).disclosed(for: scope, and: grant.grant.claims.userInfo)
            members["sub"] = .string(token.subject)
            return Data(members.jsonBytes)
        }
    }
}

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

    /// The claims that these scopes cover or that are named, and no others.
    func disclosed(for scope: ScopeList, and single: Set<String> = []) -> JSONObject {
        let covered = scope.scopes.flatMap(\.claims)
        let names = covered + single.subtracting(covered).sorted()
        return JSONObject(names.compactMap { name in members[name].map { (name, $0) } })
    }
}

extension OAuthError {
    static var claimsUnreadable: OAuthError {
        OAuthError(.serverError, "The account's claims cannot be read.")
    }
}
