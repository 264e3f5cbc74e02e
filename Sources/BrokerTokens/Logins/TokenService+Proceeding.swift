import Foundation
import IdentityBroker

/// What a person did with a request, to commit.
struct LoginMove {
    let next: Record<LoginTransaction>
    var session: SessionChange?
    /// What else changes with it.
    var others: [StoreOperation] = []

    func operations() throws(StoreFailure) -> [StoreOperation] {
        [try next.put()] + others + (try session?.operations() ?? [])
    }
}

extension TokenService {
    /// The stored request of this id, if it is this browser's.
    ///
    /// - Throws: ``OAuthError``, the same for one that has expired, was answered, or was begun in another browser.
    func login(_ id: UUID, in cookies: BrowserCookies) async throws(OAuthError) -> Record<LoginTransaction> {
        let now = clock.now()
        let record = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(LoginTransaction.self, RecordID(id), at: now)
        }
        guard let record, let browser = cookies.browser, record.body.isBound(to: browser) else { throw .loginLost }
        return record
    }

    /// The client as it is configured now, if it still may be answered where the request says.
    func currentClient(of request: AuthenticationRequest) throws(OAuthError) -> TokenClient {
        if let page = request.ownPage { return try page.client(of: issuer) }
        guard let client = clients[request.client], client.grants.contains(.authorizationCode),
            client.redirectURI(matching: request.target.redirectURI) != nil,
            request.challenge != nil || client.authorization.pkce == .optional,
            request.pushed != nil || !client.authorization.requiresPushedRequests
        else { throw .loginLost }
        return client
    }

    /// Makes a person's move.
    ///
    /// - Parameter move: What the person did; nil for nothing.
    /// - Returns: The request after the move, and what the move made of the session.
    func make(
        _ id: UUID,
        in cookies: BrowserCookies,
        _ move: (Record<LoginTransaction>) async throws(OAuthError) -> LoginMove?
    ) async throws(AuthorizationRefusal) -> (Record<LoginTransaction>, SessionChange?) {
        try await onPage { () throws(OAuthError) in
            try await storeAccess.handlingRequest { () throws(OAuthError) in
                try await makeMove(of: id, in: cookies, move)
            }
        }
    }

    /// Carries on from there.
    func carryOn(
        _ record: Record<LoginTransaction>,
        in browser: BoundSecret?,
        _ session: SessionCookie?
    ) async throws(AuthorizationRefusal) -> AuthorizationProgress {
        guard let browser else { throw .page(.loginLost) }
        let action = begin(.authorization, by: record.body.request.client)
        return try await answering(record.body.request) { () throws(OAuthError) in
            try await perform(action) { action throws(OAuthError) in
                try await proceed(record.body, record, browser, session, recording: &action)
            }
        }
    }

    /// - Returns: The request after the move, and what the move made of the session.
    private func makeMove(
        of id: UUID,
        in cookies: BrowserCookies,
        _ move: (Record<LoginTransaction>) async throws(OAuthError) -> LoginMove?
    ) async throws(OAuthError) -> (Record<LoginTransaction>, SessionChange?) {
        // The loser of a race moves again from where the winner left it.
        for _ in 0..<Self.attempts {
            let record = try await login(id, in: cookies)
            _ = try currentClient(of: record.body.request)
            guard let made = try await move(record) else { return (record, nil) }
            let isMade = try await commit(at: clock.now()) { () throws(StoreFailure) in try made.operations() }
            if isMade {
                logins.begin(made.next.id)
                return (made.next, made.session)
            }
        }
        throw .contended
    }

    /// Decides what happens next, and does it if it is an answer.
    ///
    /// - Parameter record: The transaction as stored; nil if it is not.
    /// - Returns: Nil if the request was answered meanwhile, or its client may no longer be answered.
    func proceed(
        _ transaction: LoginTransaction,
        _ record: Record<LoginTransaction>?,
        _ browser: BoundSecret,
        _ cookie: SessionCookie?,
        recording action: inout TokenAction
    ) async throws(OAuthError) -> AuthorizationProgress? {
        var (transaction, record) = (transaction, record)
        // The loser of a race decides again on what the winner left.
        for _ in 0..<Self.attempts {
            guard let client = try? currentClient(of: transaction.request) else { return nil }
            let now = clock.now()
            let (facts, consent) = try await facts(about: transaction, by: client, in: cookie, at: now)
            action.session = facts.session
            let answered = (record.map { [$0.consume()] } ?? []) + transaction.request.consumption
            switch facts.nextStep() {
            case .refuse(let error):
                if answered.isEmpty { throw error }
                if try await commit(at: now, { () in answered }) {
                    if let record { logins.remove(record.id) }
                    throw error
                }
            case .page(let page):
                return .page(page, try await handle(of: transaction, by: client, record, browser, at: now))
            case .show(let page):
                if try await commit(at: now, { () in answered }) {
                    if let record { logins.remove(record.id) }
                    return .ownPage(page, query: transaction.request.target.state)
                }
            case .issueCode(let session):
                let issue = CodeIssue(
                    code: AuthorizationCode(randomness), request: transaction.request, session: session,
                    consent: consent, transaction: record, lifetimes: sessionLifetimes, now: now)
                let event = event(of: action, nil, .unused)
                let isDone = try await commit(at: now) { () throws(StoreFailure) in
                    try issue.operations() + [.append(event)]
                }
                if isDone {
                    if let record { logins.remove(record.id) }
                    return .answer(issue.response(from: issuer))
                }
            }
            guard try await isOpen(transaction.request) else { return nil }
            guard let found = record else { continue }
            guard let current = try await stored(LoginTransaction.self, found.id) else { return nil }
            (transaction, record) = (current.body, current)
        }
        throw .contended
    }

    /// What a decision about a request follows from.
    ///
    /// - Returns: The facts, and the record of the consent among them.
    private func facts(
        about transaction: LoginTransaction,
        by client: TokenClient,
        in cookie: SessionCookie?,
        at now: Date
    ) async throws(OAuthError) -> (LoginFacts, Record<Consent>?) {
        let session = try await session(cookie)
        var consent: Record<Consent>?
        if let session { consent = try await self.consent(of: session.account, for: client.id) }
        let facts = LoginFacts(
            transaction: transaction, client: client, session: session, consent: consent?.body,
            providers: broker.enabledInstances.filter(\.wantsBrowser).map(\.id), now: now)
        return (facts, consent)
    }

    /// What happens next with a stored request, as far as it is a page.
    func page(of record: Record<LoginTransaction>, in cookies: BrowserCookies) async throws(OAuthError) -> LoginPage? {
        let client = try currentClient(of: record.body.request)
        let (facts, _) = try await facts(about: record.body, by: client, in: cookies.session, at: clock.now())
        if case .page(let page) = facts.nextStep() { return page }
        return nil
    }

    /// Whether a request was not answered yet, as far as that shows: one that was pushed is answered once.
    private func isOpen(_ request: AuthenticationRequest) async throws(OAuthError) -> Bool {
        guard let id = request.pushed.flatMap({ RecordID($0) }) else { return true }
        return try await stored(PushedRequest.self, id) != nil
    }

    private func stored<Body: RecordBody>(_ body: Body.Type, _ id: RecordID) async throws(OAuthError) -> Record<Body>? {
        let now = clock.now()
        return try await accessStore(.record) { store throws(StoreFailure) in try await store.record(body, id, at: now)
        }
    }

    private func handle(
        of transaction: LoginTransaction,
        by client: TokenClient,
        _ record: Record<LoginTransaction>?,
        _ browser: BoundSecret,
        at now: Date
    ) async throws(OAuthError) -> LoginHandle {
        let inquiry = LoginInquiry(transaction.request, of: client)
        if let id = record.flatMap({ UUID(canonical: $0.id.rawValue) }) {
            return LoginHandle(transaction: id, browser: browser.text, inquiry: inquiry)
        }
        let id = identifiers.next()
        let new = Record(transaction, id: RecordID(id), expiry: now + LoginTransaction.lifetime)
        let former = try logins.admit(new.id, of: client.id, at: clock.uptime())
        let room = former.map { [StoreOperation.delete(LoginTransaction.key($0))] } ?? []
        guard try await commit(at: now, { () throws(StoreFailure) in [try new.put()] + room }) else { throw .contended }
        return LoginHandle(transaction: id, browser: browser.text, inquiry: inquiry)
    }
}
