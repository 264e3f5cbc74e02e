import Foundation
public import IdentityBroker

extension TokenService {
    /// Ends the grant that a token belongs to, an access token or a refresh token (RFC 7009 §2.1).
    ///
    /// Everything that was issued on the grant ends with it. An unknown or expired token is not an error.
    ///
    /// - Throws: ``OAuthError``: `unauthorized_client` for a token of another client, which stays unchanged; with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails; the grant may then still be in
    ///   force.
    public func revoke(_ token: Secret, for client: AuthenticatedClient) async throws(OAuthError) {
        let client = client.client
        let presented = RefreshToken(token)
        let action = begin(.revoke, by: client.id, presenting: presented == nil ? "access_token" : "refresh_token")
        try await perform(action) { action throws(OAuthError) in
            for _ in 0..<Self.attempts {
                guard let grant = try await grant(of: token, presented), !grant.grant.isRevoked else { return }
                action.grant = grant
                guard grant.grant.client == client.id else {
                    throw OAuthError(.unauthorizedClient, "The token was issued to another client.")
                }
                if try await end(grant, recording: event(of: action, nil, .spent)) { return }
            }
            throw .contended
        }
    }

    /// The grant that a genuine token belongs to, though it may have been revoked.
    private func grant(of token: Secret, _ refreshToken: RefreshToken?) async throws(OAuthError) -> StoredGrant? {
        guard let refreshToken else {
            guard let accessToken = try await genuineAccessToken(token) else { return nil }
            return try await grant(accessToken.grant, at: clock.now())
        }
        guard let grant = try await grant(refreshToken.grant, at: clock.now()), let family = grant.grant.refresh,
            family.standing(of: refreshToken, at: clock.now(), grace: .zero) != .foreign
        else { return nil }
        return grant
    }

    /// The access token, if it is one and is valid by itself.
    func genuineAccessToken(_ token: Secret) async throws(OAuthError) -> AccessToken? {
        do throws(OAuthError) {
            return try await verifier.verify(token.reveal())
        } catch {
            guard error.code == .invalidToken else { throw error }
            return nil
        }
    }
}
