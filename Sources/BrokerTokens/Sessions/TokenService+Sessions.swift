import Foundation
import IdentityBroker
import Logging

extension TokenService {
    /// The session that a browser has; nil for none, an ended one, or one whose provider is switched off.
    func session(_ cookie: SessionCookie?) async throws(OAuthError) -> StoredSession? {
        guard let stored = try await keptSession(cookie), let provider = ProviderID(stored.session.provider),
            broker.isEnabled(provider)
        else { return nil }
        return stored
    }

    /// Whether someone is signed in in this browser.
    ///
    /// - Throws: ``OAuthError`` if the store fails.
    package func isSignedIn(in cookies: BrowserCookies) async throws(OAuthError) -> Bool {
        try await storeAccess.handlingRequest { () throws(OAuthError) in try await session(cookies.session) != nil }
    }

    /// The session that a browser has, whatever has become of its provider.
    func keptSession(_ cookie: SessionCookie?) async throws(OAuthError) -> StoredSession? {
        let now = clock.now()
        guard let cookie, let stored = try await session(cookie.session, at: now),
            stored.session.browser == cookie.secret.digest
        else { return nil }
        return stored
    }

    /// The session of this id; nil if there is none, or it has ended by the lifetimes of now. One that cannot be read, such as
    /// one of a later version, is none: its browser signs in again.
    func session(_ id: UUID, at now: Date) async throws(OAuthError) -> StoredSession? {
        let key = Session.key(RecordID(id))
        let found = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(key, at: now)
        }
        guard let found else { return nil }
        guard let stored = (try? Record<Session>(found)).flatMap(StoredSession.init) else {
            logger.error("a session cannot be read, and counts as none")
            return nil
        }
        return stored.isAlive(at: now, under: sessionLifetimes) ? stored : nil
    }

    /// What a login makes of the session that a browser has.
    func opening(_ login: CompletedLogin, replacing former: StoredSession?, at now: Date) -> SessionChange {
        let secret = BoundSecret(randomness)
        let opening = SessionOpening(
            account: login.account, provider: login.provider, upstream: login.upstream, event: login.event,
            secret: secret, newID: identifiers.next(), now: now, lifetimes: sessionLifetimes)
        let (opened, ended) = opening.decide(replacing: former)
        return SessionChange(
            opened: opened, ended: ended, cookie: SessionCookie(session: opened.id, secret: secret),
            clients: clients, now: now,
            events: [event(.session, of: opened)] + (ended.map { [event(.sessionEnd, of: $0)] } ?? []))
    }

    /// Ends a session, and with it the codes, and the grants without `offline_access`, that hang on it. Its clients are told.
    ///
    /// - Returns: Whether there was one.
    func end(_ session: StoredSession) async throws(OAuthError) -> Bool {
        let (event, clients) = (event(.sessionEnd, of: session), clients)
        var standing: StoredSession? = session
        // A client that gets a code meanwhile has a part in it, and is told as well.
        for _ in 0..<Self.attempts {
            guard let ending = standing else { return false }
            let now = clock.now()
            let isEnded = try await commit(isVerdict: true, at: now) { () throws(StoreFailure) in
                try ending.end(telling: clients, at: now) + [.append(event)]
            }
            if isEnded { return true }
            standing = try await self.session(session.id, at: now)
        }
        throw .contended
    }

    private func event(_ name: AuditAction, of session: StoredSession) -> AuditEvent {
        var action = begin(name, by: nil)
        action.session = session
        return event(of: action, nil, .unused)
    }
}

/// A login's effect on a browser's session, to commit.
struct SessionChange {
    let opened: StoredSession
    /// The session that ends.
    let ended: StoredSession?
    let cookie: SessionCookie
    /// Those that are configured, of which the ones with a part in the session are told.
    let clients: ClientDirectory
    let now: Date
    let events: [AuditEvent]

    func operations() throws(StoreFailure) -> [StoreOperation] {
        var operations = [try opened.record.put()] + events.map(StoreOperation.append)
        if let ended { operations += try ended.end(telling: clients, at: now) }
        return operations
    }
}

extension StoredSession {
    /// How to end it in this version, with what hangs on it.
    func end(telling clients: ClientDirectory, at now: Date) throws(StoreFailure) -> [StoreOperation] {
        var operations = [record.require(), .deleteAll(ownedBy: owner)]
        if let notice = LogoutNotice(endOf: self, among: clients, at: now) {
            operations.append(try Record(notice, id: record.id, expiry: now + LogoutNotice.lifetime).put())
        }
        return operations
    }
}
