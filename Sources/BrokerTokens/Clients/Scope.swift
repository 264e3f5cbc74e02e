/// What a client may ask to know about a person (OpenID Connect Core §5.4).
public enum Scope: String, Sendable, Hashable, CaseIterable {
    /// That the request is about a person at all: an ID token, and permission to ask for more.
    case openid
    /// Names, picture, gender, birthday, locale and the like.
    case profile
    /// E-mail address.
    case email
    /// Phone number.
    case phone
    /// Postal address.
    case address

    /// The claims that the scope is about.
    package var claims: [String] {
        switch self {
        case .openid:
            []
        case .profile:
            [
                "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
                "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
            ]
        case .email:
            ["email", "email_verified"]
        case .phone:
            ["phone_number", "phone_number_verified"]
        case .address:
            ["address"]
        }
    }
}

/// A set of scopes in a fixed order, in the syntax of `scope` (RFC 6749 §3.3).
struct ScopeList: Hashable {
    let scopes: Set<Scope>
    /// Whether refresh tokens outlive the session that they came from: `offline_access` (OpenID Connect Core §11).
    let isOffline: Bool

    static let offlineAccess = "offline_access"

    init(_ scopes: Set<Scope>, isOffline: Bool = false) {
        self.scopes = scopes
        self.isOffline = isOffline
    }

    /// Reads a `scope` parameter; one without a value counts as omitted (RFC 6749 §3.2), and requests nothing.
    ///
    /// - Parameter allowsOffline: Whether there is a session to outlive; if not, `offline_access` is unknown.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidScope`` for an unknown scope.
    init(_ text: String?, allowsOffline: Bool = false) throws(OAuthError) {
        var scopes: Set<Scope> = []
        var isOffline = false
        for word in (text ?? "").split(separator: " ") {
            if let scope = Scope(rawValue: String(word)) {
                scopes.insert(scope)
            } else if allowsOffline, word == Self.offlineAccess {
                isOffline = true
            } else {
                let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
                throw OAuthError(.invalidScope, "The scope has unknown values. Known are: \(known).")
            }
        }
        self.init(scopes, isOffline: isOffline)
    }

    /// Reads what ``text`` wrote; nil for anything else.
    init?(stored text: String) {
        guard let list = try? ScopeList(text, allowsOffline: true), list.text == text else { return nil }
        self = list
    }

    var text: String {
        let words = Scope.allCases.filter(scopes.contains).map(\.rawValue)
        return (words + (isOffline ? [Self.offlineAccess] : [])).joined(separator: " ")
    }

    /// Whether the other list has everything in this one.
    func isSubset(of other: ScopeList) -> Bool {
        scopes.isSubset(of: other.scopes) && (!isOffline || other.isOffline)
    }
}

extension ScopeList: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let list = ScopeList(stored: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Not a list of scopes.")
        }
        self = list
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// What an access token will permit.
struct Permission: Hashable {
    let scope: ScopeList
    let audiences: [String]

    /// What a client gets when it exchanges a credential.
    ///
    /// - Throws: ``OAuthError`` with `invalid_scope` or `invalid_target`.
    init(_ scope: String?, _ audiences: [String], for client: TokenClient) throws(OAuthError) {
        self.scope = try ScopeList(scope)
        if audiences.isEmpty {
            guard client.audiences.count == 1 else {
                throw OAuthError(.invalidTarget, "The client has several audiences: name the ones the token is for.")
            }
            self.audiences = client.audiences
        } else {
            guard client.audiences.containsAll(audiences) else {
                throw OAuthError(.invalidTarget, "The client may not get tokens for this audience.")
            }
            self.audiences = client.audiences.filter(audiences.contains)
        }
    }

    /// What a client gets when it refreshes: at most what was granted, minus what it may no longer have.
    ///
    /// - Throws: As ``init(narrowing:_:to:_:for:)``.
    init(
        narrowing grant: Grant,
        to scope: ScopeList?,
        _ audiences: [String],
        for client: TokenClient
    ) throws(OAuthError) {
        guard let granted = ScopeList(stored: grant.scope) else { throw .grantUnreadable }
        try self.init(narrowing: granted, grant.audiences, to: scope, audiences, for: client)
    }

    /// What a client gets of what was granted: at most all of it, minus what it may no longer have.
    ///
    /// - Parameters:
    ///   - scope: What it asks for; nil for all.
    ///   - audiences: What it asks for; empty for all.
    /// - Throws: ``OAuthError`` with `invalid_scope` or `invalid_target` for more than was granted, and with
    ///   `invalid_grant` for what the client may no longer have.
    init(
        narrowing granted: ScopeList,
        _ grantedAudiences: [String],
        to scope: ScopeList?,
        _ audiences: [String],
        for client: TokenClient
    ) throws(OAuthError) {
        self.scope = scope ?? granted
        guard self.scope.isSubset(of: granted) else {
            throw OAuthError(.invalidScope, "The scope is more than was granted.")
        }
        guard grantedAudiences.containsAll(audiences) else {
            throw OAuthError(.invalidTarget, "The audience is not among those that were granted.")
        }
        self.audiences = audiences.isEmpty ? grantedAudiences : grantedAudiences.filter(audiences.contains)
        guard client.audiences.containsAll(self.audiences) else {
            throw OAuthError(.invalidGrant, "The client may no longer get tokens for this audience.")
        }
    }
}

extension [String] {
    fileprivate func containsAll(_ others: [String]) -> Bool {
        others.allSatisfy(contains)
    }
}
