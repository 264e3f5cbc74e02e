package import Foundation
import IdentityBroker

/// What a person sees of their own account.
package struct AccountOverview: Sendable {
    /// Where the person is signed in.
    package struct SessionEntry: Sendable {
        package let id: UUID
        /// The instance that the person signed in with.
        package let provider: String
        package let opened: Date
        package let lastUse: Date
        /// Whether it is the session of this browser.
        package let isCurrent: Bool
    }

    /// What the person has allowed a client.
    package struct ConsentEntry: Sendable {
        /// The client's id.
        package let client: String
        /// Its name for people; the id if it is configured no longer.
        package let name: String
        package let scope: String
        package let time: Date
    }

    package let sessions: [SessionEntry]
    package let consents: [ConsentEntry]
}

extension TokenService {
    /// What the person sees who is signed in in this browser, up to a hundred entries of a kind.
    ///
    /// - Returns: Nil if no one is.
    /// - Throws: ``OAuthError`` if the store fails.
    package func overview(in cookies: BrowserCookies) async throws(OAuthError) -> AccountOverview? {
        try await storeAccess.handlingRequest { () throws(OAuthError) in
            guard let current = try await session(cookies.session) else { return nil }
            let now = clock.now()
            let sessions = try await records(of: current.account, as: Session.self).compactMap(StoredSession.init)
                .filter { $0.isAlive(at: now, under: sessionLifetimes) }
                .sorted { ($0.session.lastUse, $0.id.uuidString) > ($1.session.lastUse, $1.id.uuidString) }
            let consents = try await records(of: current.account, as: Consent.self).map(\.body)
            let clients = clients
            return AccountOverview(
                sessions: sessions.map {
                    AccountOverview.SessionEntry(
                        id: $0.id, provider: $0.session.provider, opened: $0.session.opened,
                        lastUse: $0.session.lastUse, isCurrent: $0.id == current.id)
                },
                consents: consents.sorted { $0.client < $1.client }.map {
                    AccountOverview.ConsentEntry(
                        client: $0.client, name: clients[$0.client]?.displayName ?? $0.client, scope: $0.scope.text,
                        time: $0.time)
                })
        }
    }

    /// Ends a session of the person who is signed in in this browser.
    ///
    /// - Returns: Whether the person had such a session; no one else's ends.
    /// - Throws: ``OAuthError`` if the store fails.
    package func endSession(_ id: UUID, in cookies: BrowserCookies) async throws(OAuthError) -> Bool {
        try await storeAccess.handlingRequest { () throws(OAuthError) in
            guard let current = try await session(cookies.session), let ended = try await session(id, at: clock.now()),
                ended.account == current.account
            else { return false }
            return try await end(ended)
        }
    }

    /// Takes back what the person who is signed in in this browser has allowed a client.
    ///
    /// - Returns: Whether anyone is signed in.
    /// - Throws: ``OAuthError`` if the store fails.
    package func withdrawConsent(for client: String, in cookies: BrowserCookies) async throws(OAuthError) -> Bool {
        guard let current = try await session(cookies.session) else { return false }
        try await withdrawConsent(of: current.account, for: client)
        return true
    }

    private func records<Body: RecordBody>(
        of account: AccountID,
        as body: Body.Type
    ) async throws(OAuthError) -> [Record<Body>] {
        let now = clock.now()
        let page = try await accessStore(.records) { store throws(StoreFailure) in
            try await store.records(
                .owned(by: .account(account), kind: Body.recordKind), after: nil, atMost: RecordPage.greatestCount,
                at: now)
        }
        // One that cannot be read, such as one of a later version, is not shown.
        return page.records.compactMap { try? Record<Body>($0) }
    }
}
