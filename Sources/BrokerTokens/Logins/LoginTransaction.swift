import Foundation
import IdentityBroker

/// One request of a client, from when a browser brought it until it is answered.
///
/// It is bound to that browser: someone else who is led to its pages cannot finish it (CVE-2022-39222). No parameter of the
/// request is read again (CVE-2026-7571). What the person does moves it on, each time by a new version of the record, and
/// the answer consumes it.
struct LoginTransaction: RecordBody, Codable, Equatable {
    static let recordKind: RecordKind = "login_transaction"

    /// How long a person may take.
    static let lifetime = Duration.seconds(30 * 60)

    /// A login that the person completed for this request.
    struct Login: Hashable, Codable {
        /// The session that it led to.
        let session: UUID
        /// When it was complete.
        let time: Date
    }

    let request: AuthenticationRequest
    /// The digest of the browser's secret.
    let browser: String
    /// The login; nil if there was none yet.
    private(set) var login: Login?
    /// The redirect to an upstream that the person is at; nil for none. There is one at a time.
    private(set) var upstream: String?
    /// Whether the person has seen which client asks, and went on.
    private(set) var isConfirmed = false
    /// The session whose person has allowed what the request asks for; nil for none.
    private var allowedIn: UUID?

    init(_ request: AuthenticationRequest, in browser: BoundSecret) {
        self.request = request
        self.browser = browser.digest
    }

    /// Whether it was begun in the browser with this secret.
    func isBound(to browser: BoundSecret) -> Bool { self.browser == browser.digest }

    /// After the person has left for an upstream.
    func leaving(by upstream: RecordID) -> LoginTransaction {
        var next = self
        next.upstream = upstream.rawValue
        return next
    }

    /// After the person has signed in.
    func signedIn(to session: UUID, at now: Date) -> LoginTransaction {
        var next = self
        next.login = Login(session: session, time: now)
        next.isConfirmed = false
        return next
    }

    /// After the person went on from a page that names the client.
    func confirmed() -> LoginTransaction {
        var next = self
        next.isConfirmed = true
        return next
    }

    /// After the person of a session has allowed what the request asks for, on a page that names the client.
    func allowed(in session: UUID) -> LoginTransaction {
        var next = confirmed()
        next.allowedIn = session
        return next
    }

    /// Whether the person of this session has allowed it: what another one allowed before is not this one's consent.
    func isAllowed(in session: UUID) -> Bool { allowedIn == session }
}
