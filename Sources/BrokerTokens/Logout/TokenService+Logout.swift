import Foundation
package import IdentityBroker
import StrictJSON

extension TokenService {
    /// Signs a person out, or has them asked (OpenID Connect RP-Initiated Logout 1.0 §2).
    ///
    /// - Parameters:
    ///   - text: The query of a `GET`, or the form of a `POST`.
    ///   - isConfirmed: Whether the person has said on a page of ours that they want to sign out.
    /// - Throws: ``OAuthError`` for a page: `invalid_request` for parameters that cannot be read; with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails.
    package func logOut(
        _ text: Substring,
        in cookies: BrowserCookies,
        isConfirmed: Bool = false
    ) async throws(OAuthError) -> LogoutProgress {
        let parameters = try RequestParameters(text)
        var hint: IDTokenHint?
        if let token = parameters["id_token_hint"] { hint = try await idTokenHint(Secret(token)) }
        let request = LogoutRequest(parameters, hint, from: clients)
        switch request.nextStep(in: try await keptSession(cookies.session), isConfirmed: isConfirmed) {
        case .ask: return .ask
        case .done: break
        // Whoever was faster has ended it as well.
        case .end(let session): _ = try await end(session)
        }
        return .signedOut(destination: request.destination)
    }

    /// A logout token: what tells a client that a session has ended (OpenID Connect Back-Channel Logout 1.0 §2.4). It is
    /// good for two minutes.
    ///
    /// - Parameters:
    ///   - session: The session: `sid`, as in the client's ID tokens.
    ///   - account: Whose it was.
    /// - Throws: ``OAuthError`` if the keys are not ready.
    func logoutToken(
        for client: TokenClient,
        endOf session: UUID,
        of account: String
    ) throws(OAuthError) -> Secret {
        let key = try mintKeys(for: client).idToken
        let now = clock.now().wholeSeconds
        let claims: JSONObject = [
            "iss": .string(issuer), "sub": .string(account), "aud": .string(client.id), "iat": .integer(now),
            "exp": .integer(now + Self.logoutTokenLifetime), "jti": .string(identifiers.next().canonical),
            "sid": .string(session.canonical),
            "events": ["http://schemas.openid.net/event/backchannel-logout": [:]],
        ]
        do { return Secret(try key.sign(claims.json.utf8, as: .logoutToken)) } catch {
            throw OAuthError(.serverError, "The logout token could not be signed.")
        }
    }

    private static let logoutTokenLifetime: Int64 = 120

    /// A logout token to deliver.
    package struct LogoutDelivery: Sendable {
        /// The client's id.
        package let client: String
        /// Where it goes.
        package let uri: String
        /// `logout_token`.
        package let token: Secret
    }

    /// What is to be delivered now of a notice. A client that is configured no longer, or no longer wants to know, counts as
    /// told.
    ///
    /// - Parameter notice: Its id.
    /// - Throws: ``OAuthError``.
    package func dueLogouts(of notice: RecordID) async throws(OAuthError) -> [LogoutDelivery] {
        let now = clock.now()
        let record = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(LogoutNotice.self, notice, at: now)
        }
        guard let record else { return [] }
        var deliveries: [LogoutDelivery] = []
        for id in record.body.due(at: now) {
            guard let client = clients[id], let uri = client.authorization.backchannelLogoutURI else {
                try await noteLogout(of: notice, at: id, succeeded: true)
                continue
            }
            let token = try logoutToken(for: client, endOf: record.body.session, of: record.body.account)
            deliveries.append(LogoutDelivery(client: id, uri: uri, token: token))
        }
        return deliveries
    }

    /// Records an attempt to deliver a logout token; once all clients are told, the notice is gone.
    ///
    /// - Throws: ``OAuthError``.
    package func noteLogout(
        of notice: RecordID,
        at client: String,
        succeeded isTold: Bool
    ) async throws(OAuthError) {
        for _ in 0..<Self.attempts {
            let now = clock.now()
            let record = try await accessStore(.record) { store throws(StoreFailure) in
                try await store.record(LogoutNotice.self, notice, at: now)
            }
            guard let record else { return }
            let next = record.body.attempted(client, succeeding: isTold, at: now).map { record.next($0) }
            let isDone = try await commit(at: now) { () throws(StoreFailure) in
                [try next?.put() ?? record.delete()]
            }
            if isDone { return }
        }
        throw .contended
    }
}
