import Foundation
public import IdentityBroker

extension TokenService {
    /// Ends the grant that a token belongs to, an access token or a refresh token (RFC 7009 §2.1).
    ///
    /// Everything that was issued on the grant ends with it; a client's own token ends alone. An unknown or expired token is
    /// not an error.
    ///
    /// - Throws: ``OAuthError``: `unauthorized_client` for a token of another client, which stays unchanged; with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails; the grant may then still be in
    ///   force.
    public func revoke(_ token: Secret, for client: AuthenticatedClient) async throws(OAuthError) {
        let client = client.client
        let refreshToken = RefreshToken(token)
        let action = begin(.revoke, by: client.id, presenting: refreshToken == nil ? "access_token" : "refresh_token")
        try await perform(action) { action throws(OAuthError) in
            let accessToken = try await refreshToken == nil ? genuineAccessToken(token) : nil
            if let accessToken, accessToken.grant == nil {
                guard accessToken.client == client.id else { throw .tokenOfAnother }
                return try await revoke(clientToken: accessToken, recording: event(of: action, nil, .spent))
            }
            for _ in 0..<Self.attempts {
                guard let grant = try await grant(of: refreshToken, or: accessToken), !grant.grant.isRevoked else {
                    return
                }
                action.grant = grant
                guard grant.grant.client == client.id else { throw .tokenOfAnother }
                if try await end(grant, recording: event(of: action, nil, .spent)) { return }
            }
            throw .contended
        }
    }

    /// The grant that a genuine token belongs to, though it may have been revoked.
    private func grant(
        of refreshToken: RefreshToken?,
        or accessToken: AccessToken?
    ) async throws(OAuthError) -> StoredGrant? {
        guard let refreshToken else {
            guard let id = accessToken?.grant else { return nil }
            return try await grant(id, at: clock.now())
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

extension OAuthError {
    fileprivate static var tokenOfAnother: OAuthError {
        OAuthError(.unauthorizedClient, "The token was issued to another client.")
    }
}
