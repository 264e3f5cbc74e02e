import Foundation
package import IdentityBroker

extension TokenService {
    /// What a person has allowed a client; nil for nothing.
    func consent(of account: AccountID, for client: String) async throws(OAuthError) -> Record<Consent>? {
        let (id, now) = (Consent.id(of: account, for: client), clock.now())
        return try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(Consent.self, id, at: now)
        }
    }

    /// How to store that a person allows a client something more.
    func allowing(
        _ scope: ScopeList,
        to client: String,
        in session: StoredSession
    ) async throws(OAuthError) -> [StoreOperation] {
        let now = clock.now()
        let record: Record<Consent>
        if let found = try await consent(of: session.account, for: client) {
            record = found.next(found.body.extended(by: scope, at: now))
        } else {
            record = Record(
                Consent(client: client, scope: scope, time: now), id: Consent.id(of: session.account, for: client),
                owners: [.account(session.account)])
        }
        var action = begin(.consent, by: client)
        action.session = session
        do throws(StoreFailure) {
            return [try record.put(), .append(event(of: action, nil, .unused))]
        } catch {
            throw OAuthError(BrokerError(error))
        }
    }

    /// Takes back what a person has allowed a client, and ends all that it got: codes, grants, refresh tokens.
    package func withdrawConsent(of account: AccountID, for client: String) async throws(OAuthError) {
        let action = begin(.consent, by: client)
        let event = event(of: action, nil, .unused, notices: ["consent_withdrawn"])
        let key = Consent.key(Consent.id(of: account, for: client))
        _ = try await commit(at: clock.now()) {
            [.delete(key), .deleteAll(ownedBy: Consent.owner(account, for: client)), .append(event)]
        }
    }
}
