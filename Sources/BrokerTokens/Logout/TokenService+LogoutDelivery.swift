import Foundation
package import IdentityBroker
import StrictJSON

/// A client that is to be told of the end of a session.
package struct DueLogout: Sendable, Hashable {
    /// The notice.
    let notice: RecordID
    /// The client's id.
    package let client: String
}

/// Some of those that are due.
package struct DueLogouts: Sendable {
    package let due: [DueLogout]
    /// Where the next ones start; nil for the last.
    package let next: RecordKey?
}

/// A logout token to deliver.
package struct LogoutDelivery: Sendable {
    /// Whom it tells of what.
    package let due: DueLogout
    /// Where it goes, as the client has registered it.
    package let uri: String
    /// `logout_token`.
    package let token: Secret
}

/// Tells clients that sessions have ended (OpenID Connect Back-Channel Logout 1.0). Who sends it is another's business.
extension TokenService {
    /// Some of the clients that are to be told now, a page of notices at a time.
    ///
    /// - Parameter key: ``DueLogouts/next`` of the page before; nil for the first.
    /// - Throws: ``OAuthError``.
    package func dueLogouts(after key: RecordKey? = nil) async throws(OAuthError) -> DueLogouts {
        let now = clock.now()
        let page = try await accessStore(.records) { store throws(StoreFailure) in
            try await store.records(
                .all(LogoutNotice.recordKind), after: key, atMost: RecordPage.greatestCount, at: now)
        }
        // One that cannot be read, such as one of a later version, is left to whoever wrote it.
        let notices = page.records.compactMap { try? Record<LogoutNotice>($0) }
        let due = notices.flatMap { record in
            record.body.due(at: now).map { DueLogout(notice: record.id, client: $0) }
        }
        return DueLogouts(due: due, next: page.next)
    }

    /// Takes a delivery upon this process, so that no other does it as well. If the process ends before it has noted what
    /// became of it, the delivery is due again after ``LogoutNotice/claim``.
    ///
    /// A client that is configured no longer, or no longer wants to know, counts as told.
    ///
    /// - Returns: Nil if there is nothing to do.
    /// - Throws: ``OAuthError``.
    package func claim(_ due: DueLogout) async throws(OAuthError) -> LogoutDelivery? {
        guard let client = clients[due.client], let uri = client.authorization.backchannelLogoutURI else {
            try await noteLogout(due, succeeded: true)
            return nil
        }
        for _ in 0..<Self.attempts {
            let now = clock.now()
            guard let record = try await notice(due.notice, at: now),
                let claimed = record.body.claimed(due.client, at: now)
            else { return nil }
            let token = try logoutToken(for: client, endOf: record.body.session, of: record.body.account)
            let next = record.next(claimed)
            if try await commit(at: now, { () throws(StoreFailure) in [try next.put()] }) {
                return LogoutDelivery(due: due, uri: uri, token: token)
            }
        }
        return nil
    }

    /// Records an attempt to deliver a logout token; once all clients are told, the notice is gone.
    ///
    /// - Throws: ``OAuthError``.
    package func noteLogout(_ due: DueLogout, succeeded isTold: Bool) async throws(OAuthError) {
        for _ in 0..<Self.attempts {
            let now = clock.now()
            guard let record = try await notice(due.notice, at: now) else { return }
            let next = record.body.attempted(due.client, succeeding: isTold, at: now).map { record.next($0) }
            let isDone = try await commit(at: now) { () throws(StoreFailure) in
                [try next?.put() ?? record.delete()]
            }
            if isDone { return }
        }
        throw .contended
    }

    private func notice(_ id: RecordID, at now: Date) async throws(OAuthError) -> Record<LogoutNotice>? {
        try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(LogoutNotice.self, id, at: now)
        }
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
}
