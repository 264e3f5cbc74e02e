import Foundation
public import IdentityBroker
import JOSE

/// A nonce for one native login, which an app hands to the provider's SDK.
public struct IssuedNonce: Sendable {
    /// The nonce: 256 random bits as base64url.
    public let nonce: Secret
    /// How long it can be presented.
    public let expiresIn: Duration
}

/// A nonce that a public client was given for one native login.
///
/// Its id is a digest of the nonce, the client and the provider instance, so that no other client or instance finds it
/// and the store does not contain it.
struct NonceRecord: RecordBody, Codable {
    static let recordKind: RecordKind = "nonce"

    /// - Returns: The key of the record.
    static func key(of nonce: Secret, for client: String, at provider: ProviderID) -> RecordKey {
        key(RecordID(digestOf: Array(client.utf8), Array(provider.rawValue.utf8), nonce.revealBytes()))
    }
}

extension TokenService {
    /// How long a nonce can be presented.
    static let nonceLifetime = Duration.seconds(600)

    /// Gives a public client a nonce for one native login with a provider: the ID token that the provider's SDK returns
    /// contains it, and the exchange presents both.
    ///
    /// A public client cannot vouch for its own nonce, because anyone can send its id: a thief could read the nonce from a
    /// token issued for another app or login, and present both. A thief who steals this login's token and presents it
    /// first still signs in, unless the token contains only the nonce's digest (``NonceRule/hashed``). A confidential
    /// client chooses its nonces itself.
    ///
    /// - Throws: ``OAuthError``: `unauthorized_client` for a confidential client or one that may not exchange
    ///   credentials, `invalid_request` for a provider that is not available to this client or takes no credential with
    ///   a nonce, or with ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails.
    public func issueNonce(
        for provider: ProviderID,
        to client: AuthenticatedClient
    ) async throws(OAuthError) -> IssuedNonce {
        let client = client.client
        return try await perform(begin(.nonce, by: client.id)) { _ throws(OAuthError) in
            guard !client.isConfidential else {
                throw OAuthError(.unauthorizedClient, "A client with a secret chooses its nonces itself.")
            }
            try check(client, mayExchangeAt: provider)
            guard let accepted = broker.credentialKinds(of: provider) else { throw .unknown(provider) }
            guard accepted.contains(where: \.mayHaveNonce) else {
                throw OAuthError(.invalidRequest, "No login with this provider uses a nonce.")
            }
            let nonce = Secret(Base64URL.encode(randomness.bytes(32)))
            let key = NonceRecord.key(of: nonce, for: client.id, at: provider)
            let now = clock.now()
            let expiry = now.addingTimeInterval(Self.nonceLifetime / .seconds(1))
            let result = try await accessStore(.commit) { store throws(StoreFailure) in
                try await store.commit([Record(NonceRecord(), id: key.id, expiry: expiry).put()], at: now)
            }
            guard case .done = result else {
                throw OAuthError(BrokerError(.internalError, "A new nonce already exists. This is a defect."))
            }
            return IssuedNonce(nonce: nonce, expiresIn: Self.nonceLifetime)
        }
    }

    /// The record of the nonce that a public client presents. The login consumes it once the credential is accepted, so
    /// that no other login can present it and a forgery spends nothing.
    ///
    /// - Returns: Nil if the login needs none, or is about to fail because there is no such provider.
    /// - Throws: ``OAuthError`` for a nonce that the client was not given for this provider, so that a stolen token is
    ///   not even looked at.
    func standingNonce(of request: ExchangeRequest) async throws(OAuthError) -> RecordKey? {
        let client = request.client.client
        guard let nonce = request.credential.nonce, !client.isConfidential,
            broker.credentialKinds(of: request.provider) != nil
        else { return nil }
        let key = NonceRecord.key(of: nonce, for: client.id, at: request.provider)
        let now = clock.now()
        let record = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(key, at: now)
        }
        guard record != nil else { throw OAuthError(.admissionGone) }
        return key
    }
}

extension CredentialKind {
    /// Whether an ID token comes with it, which may contain a nonce.
    package var mayHaveNonce: Bool { self == .idToken || self == .authorizationCode }
}
