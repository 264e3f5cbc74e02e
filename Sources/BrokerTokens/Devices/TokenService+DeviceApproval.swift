package import Foundation
import IdentityBroker

/// A device that a person is asked about.
package struct DeviceLogin: Sendable, Hashable {
    /// The client's id.
    package let client: String
    /// Its name for people.
    package let clientName: String
    /// What it would learn: the scopes by their names.
    package let scopes: [String]
    /// When the device asked.
    package let began: Date
}

extension TokenService {
    /// The device that a person means by a user code. Nothing changes by looking but the count of entries.
    ///
    /// - Parameter userCode: What the person typed.
    /// - Throws: ``OAuthError`` for a page: `login_required` if nobody is signed in, or with a provider that the client may not
    ///   use; `invalid_request` for a code that is wrong, has expired or was answered; of kind
    ///   ``BrokerError/Kind/rateLimited`` after too many entries.
    package func deviceLogin(_ userCode: String, in cookies: BrowserCookies) async throws(OAuthError) -> DeviceLogin {
        try await perform(begin(.deviceApproval, by: nil)) { action throws(OAuthError) in
            let asked = try await askedDevice(userCode, in: cookies, recording: &action)
            return DeviceLogin(
                client: asked.client.id, clientName: asked.client.displayName,
                scopes: asked.record.body.scope.text.split(separator: " ").map(String.init),
                began: asked.record.body.began)
        }
    }

    /// Records what a person says about a device: it gets tokens when it asks next, or learns that it gets none.
    ///
    /// - Throws: As ``deviceLogin(_:in:)`` does.
    package func answerDeviceLogin(
        _ userCode: String,
        in cookies: BrowserCookies,
        isAllowed: Bool
    ) async throws(OAuthError) {
        try await perform(begin(.deviceApproval, by: nil)) { action throws(OAuthError) in
            for _ in 0..<Self.attempts {
                let asked = try await askedDevice(userCode, in: cookies, recording: &action)
                let now = clock.now()
                let event = event(of: action, nil, .unused, notices: isAllowed ? [] : ["device_denied"])
                var consent: [StoreOperation] = []
                if isAllowed, asked.client.authorization.consent == .ask {
                    consent = try await allowing(asked.record.body.scope, to: asked.client.id, in: asked.session)
                }
                let (lifetimes, others) = (sessionLifetimes, consent + [.append(event)])
                let isDone = try await commit(at: now) { () throws(StoreFailure) in
                    try asked.answer(isAllowed, at: now, under: lifetimes) + others
                }
                if isDone { return }
            }
            throw .contended
        }
    }

    private func askedDevice(
        _ text: String,
        in cookies: BrowserCookies,
        recording action: inout TokenAction
    ) async throws(OAuthError) -> AskedDevice {
        guard let session = try await session(cookies.session) else { throw .deviceLoginRequired }
        action.session = session
        // Whoever goes on beyond the bound could fill the audit log, and is sampled as a stranger.
        try await countEntry(by: session.account)
        action.isProven = true
        let now = clock.now()
        guard let userCode = UserCode(typed: text),
            let way = try await accessStore(
                .record,
                { store throws(StoreFailure) in
                    try await store.record(UserCodeRecord.self, userCode.recordID, at: now)
                }), let id = RecordID(way.body.device),
            let record = try await accessStore(
                .record,
                { store throws(StoreFailure) in try await store.record(DeviceAuthorization.self, id, at: now) }),
            record.body.answer == nil, now < record.body.until, let client = clients[record.body.client],
            client.grants.contains(.deviceCode)
        else { throw .userCodeRefused }
        action.client = client.id
        guard let provider = ProviderID(session.session.provider), client.mayUse(provider) else {
            throw .deviceLoginRequired
        }
        devices.begin(record.id)
        return AskedDevice(record: record, way: way, client: client, session: session)
    }

    /// Counts an entry before it is looked at.
    private func countEntry(by account: AccountID) async throws(OAuthError) {
        for _ in 0..<Self.attempts {
            let (id, now) = (RecordID(account.value), clock.now())
            let record = try await accessStore(.record) { store throws(StoreFailure) in
                try await store.record(UserCodeEntries.self, id, at: now)
            }
            var counted = UserCodeEntries.first(by: account, at: now)
            if let record {
                guard let next = record.body.next() else { throw .tooManyUserCodes(until: record.body.end, at: now) }
                counted = record.next(next)
            }
            let entry = counted
            if try await commit(at: now, { () throws(StoreFailure) in [try entry.put()] }) { return }
        }
        throw .contended
    }
}

/// A device that waits, and the person who was asked about it.
private struct AskedDevice {
    let record: Record<DeviceAuthorization>
    let way: Record<UserCodeRecord>
    let client: TokenClient
    let session: StoredSession

    /// How to store the person's answer. The user code is used up by it.
    func answer(
        _ isAllowed: Bool,
        at now: Date,
        under lifetimes: SessionLifetimes
    ) throws(StoreFailure) -> [StoreOperation] {
        guard isAllowed else { return [try record.next(record.body.answered(.denied)).put(), way.consume()] }
        let answer = DeviceAuthorization.Answer.allowed(provider: session.session.provider, login: session.login)
        var approved = record.next(record.body.answered(answer))
        approved.owners = [.account(session.account), session.owner, Consent.owner(session.account, for: client.id)]
        // The client has a part in the session, and is told of its end.
        let used = session.next(session.session.used(by: client.id, at: now), under: lifetimes)
        return [try approved.put(), way.consume(), try used.record.put()]
    }
}

extension OAuthError {
    fileprivate static var deviceLoginRequired: OAuthError {
        OAuthError(.loginRequired, "Sign in to connect the device.")
    }

    fileprivate static var userCodeRefused: OAuthError {
        OAuthError(
            .invalidRequest, "The code is wrong, has expired or was used. Check it, or begin again on the device.")
    }

    fileprivate static func tooManyUserCodes(until end: Date, at now: Date) -> OAuthError {
        OAuthError(
            BrokerError(
                .rateLimited, "Too many codes were entered. Wait a few minutes, and begin again on the device.",
                retryAfter: .seconds(max(1, end.timeIntervalSince(now)))))
    }
}
