import Foundation
package import IdentityBroker

/// A device's question whether it has been approved (RFC 8628 §3.4).
package struct DeviceCodeRequest: Sendable {
    /// The client that asks.
    package let client: AuthenticatedClient
    /// The device code as received.
    package let deviceCode: Secret

    package init(client: AuthenticatedClient, deviceCode: Secret) {
        self.client = client
        self.deviceCode = deviceCode
    }
}

extension TokenService {
    /// Gives a client tokens for a device code that a person has approved, and uses it up (RFC 8628 §3.4).
    ///
    /// The code is consumed, and the grant put, in one commit.
    ///
    /// - Throws: ``OAuthError``: `authorization_pending`; `slow_down`; `access_denied`; `expired_token`; `invalid_grant` for
    ///   a code that is invalid, was used, or is of another client; `unauthorized_client`.
    package func redeem(_ request: DeviceCodeRequest) async throws(OAuthError) -> IssuedTokens {
        let action = begin(.deviceCode, by: request.client.client.id, presenting: "device_code")
        return try await perform(action) { action throws(OAuthError) in
            guard request.client.client.grants.contains(.deviceCode) else {
                throw OAuthError(.unauthorizedClient, "The client may not redeem device codes.")
            }
            guard let code = BoundSecret(request.deviceCode.reveal()) else { throw .deviceCodeRefused }
            // The loser of a race reads the record again as the winner left it.
            for _ in 0..<Self.attempts {
                let poll = DevicePoll(client: try clients.current(request.client), now: clock.now())
                if let tokens = try await settle(poll, of: code, recording: &action) { return tokens }
            }
            throw .contended
        }
    }

    /// - Returns: Nil if another changed the record or what it hangs on meanwhile.
    private func settle(
        _ poll: DevicePoll,
        of code: BoundSecret,
        recording action: inout TokenAction
    ) async throws(OAuthError) -> IssuedTokens? {
        let (id, now) = (code.recordID, poll.now)
        let record = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(DeviceAuthorization.self, id, at: now)
        }
        guard let record else { throw .deviceCodeRefused }
        switch poll.verdict(on: record.body, ofProvider: broker.standing) {
        case .refuse(let error):
            throw error
        case .wait(let error, let next):
            // To wait is no refusal, and a device asks every few seconds: the audit log has the outcome alone.
            action.isRecorded = true
            guard let next = next.map({ record.next($0) }) else { throw error }
            if try await commit(at: now, { () throws(StoreFailure) in [try next.put()] }) { throw error }
            action.isRecorded = false
            return nil
        case .issue(let provider, let login, let permission):
            // Without its session there is nothing to hang tokens on.
            guard let account = record.owners.compactMap(\.account).first,
                try await session(login.session, at: now) != nil
            else { throw .deviceCodeRefused }
            let subject = GrantSubject(account: account, provider: provider, login: login, permission: permission)
            return try await issue(subject, consuming: record, to: poll.client, at: now, recording: &action)
        }
    }

    private func issue(
        _ subject: GrantSubject,
        consuming device: Record<DeviceAuthorization>,
        to client: TokenClient,
        at now: Date,
        recording action: inout TokenAction
    ) async throws(OAuthError) -> IssuedTokens? {
        let proposed = propose(subject, for: client, at: now)
        action.grant = proposed.stored
        let tokens = try await tokens(for: proposed, subject.permission, to: client, at: now)
        let (grant, event) = (proposed.stored, event(of: action, nil, .spent))
        let required = Session.requirement(subject.login.session)
        let isDone = try await commit(at: now) { () throws(StoreFailure) in
            [device.consume(), try grant.record.put(), .append(event)] + required
        }
        if isDone { devices.remove(device.id) } else { action.grant = nil }
        return isDone ? tokens : nil
    }
}
