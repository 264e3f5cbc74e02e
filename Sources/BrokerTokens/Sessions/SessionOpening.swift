import Foundation
import IdentityBroker

/// What a login makes of a browser's session, as a decision without side effects.
///
/// The person who signed in before keeps their session, so that what hangs on it goes on: refresh tokens of other clients,
/// and their wish to be told of its end. Anyone else, or the same person by another provider, gets a new one, and the one
/// before ends.
struct SessionOpening {
    let account: AccountID
    let provider: ProviderID
    let upstream: UpstreamSession
    let event: AuthenticationEvent
    /// The browser's new secret.
    let secret: BoundSecret
    /// The id of a new session.
    let newID: UUID
    let now: Date
    let lifetimes: SessionLifetimes

    /// - Parameter former: The session that the browser had; nil for none.
    /// - Returns: The session to put, and the one that ends with it.
    func decide(replacing former: StoredSession?) -> (opened: StoredSession, ended: StoredSession?) {
        if let former, former.account == account, former.session.provider == provider.rawValue {
            return (former.next(session(continuing: former.session.clients), under: lifetimes), nil)
        }
        return (StoredSession(session(), id: newID, account: account, under: lifetimes), former)
    }

    private func session(continuing clients: Set<String> = []) -> Session {
        Session(browser: secret, provider: provider, upstream: upstream, event: event, at: now, clients: clients)
    }
}
