public import Foundation
public import IdentityBroker
import JOSE
import StrictJSON

/// The claims of a verified access token (RFC 9068 §2.2).
public struct AccessToken: Sendable, Hashable {
    /// The token's own id: `jti`.
    public let id: String
    /// The id of the account: `sub`; the client's id for a client's own token, which has the form of no account's.
    public let subject: String
    /// The client that received it: `client_id`.
    public let client: String
    /// The resource servers that it is for: `aud`.
    public let audiences: [String]
    /// What was granted: `scope`.
    public let scopes: Set<String>
    /// The grant that it belongs to: `sid`; nil for a client's own token, which stands for no person (RFC 6749 §4.4).
    public let grant: UUID?
    /// When it was issued: `iat`.
    public let issued: Date
    /// When it expires: `exp`.
    public let expiry: Date
    /// When the person signed in: `auth_time`; nil for a client's own token.
    public let authenticated: Date?
}

/// Checks a broker's access tokens (RFC 9068 §4), for a resource server or a middleware.
///
/// ```swift
/// let verifier = AccessTokenVerifier(issuer: "https://id.example.com", keys: keys)
/// let token = try await verifier.verify(text, audience: "https://api.example.com")
/// ```
///
/// It does not look up the grant, so a token whose grant was revoked is accepted until it expires.
public struct AccessTokenVerifier: Sendable {
    private let verifier: TokenVerifier

    /// Creates a verifier that shares the keys of the broker in this process, or their store.
    ///
    /// - Parameters:
    ///   - issuer: Whose tokens to accept: the issuer of the ``TokenService``, exactly.
    ///   - keys: The keys.
    ///   - clock: The clock.
    ///   - skew: How far the clocks may be apart: from nothing to 60 seconds, and cut to that.
    public init(
        issuer: String,
        keys: SigningKeys,
        clock: BrokerClock = .system,
        skew: Duration = .seconds(60)
    ) {
        self.init(issuer, .shared(keys), clock, .others(skew))
    }

    /// Creates a verifier for the tokens that this broker issues.
    init(issuer: String, keys: SigningKeys, clock: BrokerClock, ownTokensOf lifetimes: TokenLifetimes) {
        self.init(issuer, .shared(keys), clock, .own(lifetimes))
    }

    /// Creates a verifier from a key set that was fetched from the broker. It knows only these keys: create another
    /// when the set has changed.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the document is not a key set, or has no key
    ///   that a broker signs with.
    public init(
        issuer: String,
        jwks: Data,
        clock: BrokerClock = .system,
        skew: Duration = .seconds(60)
    ) throws(BrokerError) {
        let set: JSONWebKeySet
        do throws(JSONWebKeySet.Fault) {
            set = try JSONWebKeySet(reading: Array(jwks))
        } catch {
            throw .misconfigured("The key set is refused: \(error.rawValue).")
        }
        // A set may contain keys that are not understood, which count as absent (RFC 7517 §5), and other issuers' keys.
        let usable = set.keys.filter { $0.signs(for: issuer) }.compactMap(TokenVerificationKey.init)
        guard !usable.isEmpty else {
            throw .misconfigured("The key set has no key that a broker signs with.")
        }
        let keys = Dictionary(usable.map { ($0.id, $0) }) { first, _ in first }
        self.init(issuer, .fixed(keys), clock, .others(skew))
    }

    private init(_ issuer: String, _ keys: TokenVerifier.Keys, _ clock: BrokerClock, _ leeway: ClockLeeway) {
        verifier = TokenVerifier(issuer: issuer, keys: keys, clock: clock, leeway: leeway)
    }

    /// Checks a token completely.
    ///
    /// - Parameters:
    ///   - text: The token as received.
    ///   - audience: The resource server that it must be for.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidToken`` that says what is wrong; with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the token's key is unknown, and the store that may
    ///   know it fails.
    public func verify(_ text: String, audience: String) async throws(OAuthError) -> AccessToken {
        let token = try await verify(text)
        return try refusing { () throws(TokenFault) in
            guard token.audiences.contains(audience) else { throw .wrongAudience }
            return token
        }
    }

    /// Checks a token that may be for any resource server.
    func verify(_ text: String) async throws(OAuthError) -> AccessToken {
        let claims = try await verifier.verify(text, as: .accessToken)
        return try refusing { () throws(TokenFault) in try AccessToken(claims) }
    }
}

extension AccessToken {
    fileprivate init(_ claims: TokenClaims) throws(TokenFault) {
        guard let id = claims.members.text("jti"), let client = claims.members.text("client_id") else {
            throw .malformedClaims
        }
        let grant = claims.members.text("sid").flatMap(UUID.init(canonical:))
        let authenticated = claims.members.time("auth_time")
        // A client's own token has neither, and says that the client is its subject. Anything in between is no token.
        let isClients =
            claims.members["sid"] == nil && claims.members["auth_time"] == nil
            && claims.subject.utf8.elementsEqual(client.utf8)
        guard isClients || grant != nil && authenticated != nil else { throw .malformedClaims }
        // The claim is omitted if nothing was granted; if present it must be a string.
        guard let scope = claims.members["scope"].map(\.string) ?? "" else { throw .malformedClaims }
        self.init(
            id: id,
            subject: claims.subject,
            client: client,
            audiences: claims.audiences,
            scopes: Set(scope.split(separator: " ").map(String.init)),
            grant: grant,
            issued: claims.issued,
            expiry: claims.expiry,
            authenticated: authenticated
        )
    }
}
