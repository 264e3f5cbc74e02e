import Foundation
package import IdentityBroker

/// A person who is signed in, in one browser.
///
/// The record's id is the `sid` of ID tokens and logout tokens, and stays when the person signs in again. The browser
/// proves itself with a secret that each login replaces, so that one which was known before is worth nothing after it
/// (session fixation, CVE-2026-7507).
struct Session: RecordBody, Codable, Hashable {
    static let recordKind: RecordKind = "session"

    /// The digest of the browser's secret.
    let browser: String
    /// The instance that authenticated the person. While it is disabled, the session is none.
    let provider: String
    /// Who the person is at the upstream, for logout there and from there.
    let upstream: UpstreamSession
    /// How the person signed in.
    let event: AuthenticationEvent
    /// When the latest login was.
    let opened: Date
    /// When the session was last used for a client.
    private(set) var lastUse: Date
    /// The clients that got tokens: they are told when it ends.
    private(set) var clients: Set<String>

    /// - Parameter clients: Those that had a part in the session that this one continues.
    init(
        browser: BoundSecret,
        provider: ProviderID,
        upstream: UpstreamSession,
        event: AuthenticationEvent,
        at now: Date,
        clients: Set<String> = []
    ) {
        self.browser = browser.digest
        self.provider = provider.rawValue
        self.upstream = upstream
        self.event = event
        opened = now
        lastUse = now
        self.clients = clients
    }

    /// The session once a client has got a code from it. A clock that was set back does not move the use back.
    func used(by client: String, at now: Date) -> Session {
        var next = self
        next.lastUse = max(lastUse, now)
        next.clients.insert(client)
        return next
    }
}

extension Session {
    /// What a commit needs that is nothing without a session: that it goes on. Empty for nil.
    static func requirement(_ id: UUID?) -> [StoreOperation] {
        id.map { [.require(key(RecordID($0)), version: nil)] } ?? []
    }
}

/// The identity that signed in: who the person is at the upstream (issuer and subject, and nothing else), and which session
/// it was there.
package struct UpstreamSession: Sendable, Hashable, Codable {
    let issuer: String
    let subject: String
    /// The upstream's `sid`; nil if it gave none.
    let id: String?

    package init(_ key: IdentityKey, id: String? = nil) {
        (issuer, subject, self.id) = (key.issuer.rawValue, key.subject, id)
    }
}

/// A session as a store keeps it: a record that one account owns, and everything that hangs on the session.
struct StoredSession: Sendable, Hashable {
    /// The session's id: `sid`.
    let id: UUID
    let account: AccountID
    let record: Record<Session>

    var session: Session { record.body }

    /// Nil if the broker did not write the record.
    init?(_ record: Record<Session>) {
        let accounts = record.owners.compactMap(\.account)
        guard let id = UUID(canonical: record.id.rawValue), accounts.count == 1,
            ProviderID(record.body.provider) != nil
        else { return nil }
        (self.id, account, self.record) = (id, accounts[0], record)
    }

    /// A new session.
    init(_ session: Session, id: UUID, account: AccountID, under lifetimes: SessionLifetimes) {
        (self.id, self.account) = (id, account)
        record = Record(
            session, id: RecordID(id), owners: [.account(account), .session(RecordID(id))],
            expiry: lifetimes.end(ofSessionOpened: session.opened, usedAt: session.lastUse))
    }

    private init(_ stored: StoredSession, _ record: Record<Session>) {
        (id, account, self.record) = (stored.id, stored.account, record)
    }

    /// What hangs on the session belongs to this.
    var owner: RecordOwner { .session(record.id) }

    /// The login that its tokens state.
    var login: SessionLogin { SessionLogin(session: id, event: session.event) }

    /// The next version.
    func next(_ session: Session, under lifetimes: SessionLifetimes) -> StoredSession {
        var next = record.next(session)
        next.expiry = lifetimes.end(ofSessionOpened: session.opened, usedAt: session.lastUse)
        return StoredSession(self, next)
    }

    /// Whether it goes on. The record may have been written under longer lifetimes.
    func isAlive(at now: Date, under lifetimes: SessionLifetimes) -> Bool {
        now < lifetimes.end(ofSessionOpened: session.opened, usedAt: session.lastUse)
    }
}

/// What a browser has of its session, in a cookie: the session's id, a dot, and the browser's secret.
package struct SessionCookie: Sendable {
    let session: UUID
    let secret: BoundSecret

    init(session: UUID, secret: BoundSecret) {
        (self.session, self.secret) = (session, secret)
    }

    /// Reads a cookie in the one form that ``text`` writes; nil for anything else.
    package init?(_ text: Secret) {
        let parts = text.reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let session = UUID(canonical: String(parts[0])), let secret = BoundSecret(parts[1])
        else { return nil }
        self.init(session: session, secret: secret)
    }

    /// The value of the cookie.
    package var text: Secret { Secret("\(session.canonical).\(secret.text.reveal())") }
}

extension SessionCookie: CustomReflectable {
    /// A mirror without children: it is a secret.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
