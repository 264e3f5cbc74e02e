package import Foundation
package import IdentityBroker

/// How a person signs in at an upstream's site.
extension TokenService {
    /// Begins a login at an upstream for a stored request.
    ///
    /// It replaces the one that was begun before, if the person has come back without an answer.
    ///
    /// - Parameters:
    ///   - provider: The instance that the person has chosen.
    ///   - transaction: The request.
    ///   - redirectURI: Where the upstream sends the browser back to.
    /// - Returns: Where to send the browser.
    /// - Throws: ``AuthorizationRefusal``, for a page; also for a provider that the request does not allow.
    package func beginLogin(
        at provider: ProviderID,
        for transaction: UUID,
        returningTo redirectURI: String,
        in cookies: BrowserCookies
    ) async throws(AuthorizationRefusal) -> String {
        try await onPage { () throws(OAuthError) in
            let record = try await storeAccess.handlingRequest { () throws(OAuthError) in
                try await login(transaction, in: cookies)
            }
            try check(provider, for: record.body.request)
        }
        let start = try await onPage { () throws(OAuthError) in
            do throws(BrokerError) {
                return try await broker.beginRedirect(provider, returningTo: redirectURI)
            } catch {
                throw OAuthError(error)
            }
        }
        let upstream = try await onPage { () throws(OAuthError) in try UpstreamLogin(start.flow, for: transaction) }
        let new = Record(upstream, id: UpstreamLogin.id(start.flow.state), expiry: start.flow.expiry)
        _ = try await make(transaction, in: cookies) { record throws(OAuthError) in
            let former = record.body.upstream.flatMap { RecordID($0) }
            let put: StoreOperation
            do throws(StoreFailure) { put = try new.put() } catch { throw OAuthError(BrokerError(error)) }
            return LoginMove(
                next: record.next(record.body.leaving(by: new.id)),
                others: [put] + (former.map { [StoreOperation.delete(UpstreamLogin.key($0))] } ?? []))
        }
        return start.url
    }

    /// Ends a login with what the upstream sent the browser back with.
    ///
    /// - Parameters:
    ///   - provider: The instance at whose address the answer came.
    ///   - requester: Who waits for it.
    /// - Throws: ``AuthorizationRefusal``, for a page, if the answer belongs to no login of this browser at this provider, or
    ///   was given before.
    package func endLogin(
        at provider: ProviderID,
        with answer: UpstreamAnswer,
        in cookies: BrowserCookies,
        for requester: (any LoginRequester)?
    ) async throws(AuthorizationRefusal) -> UpstreamLoginOutcome {
        let (transaction, flow) = try await onPage { () throws(OAuthError) in
            try await storeAccess.handlingRequest { () throws(OAuthError) in
                try await take(answer, at: provider, in: cookies)
            }
        }
        guard let id = UUID(canonical: transaction.id.rawValue), let browser = cookies.browser else {
            throw .page(.loginLost)
        }
        let request = transaction.body.request
        let signedIn: SignedIn
        do throws(BrokerError) {
            signedIn = try await broker.signIn(
                provider, with: .callback(answer.text.reveal(), of: flow, by: answer.mode),
                from: RefusalSource.caller, client: request.client, putting: [], for: requester,
                sampling: StrangerLogins(service: self, client: request.client, caller: RefusalSource.caller))
        } catch {
            let client = try await onPage { () throws(OAuthError) in try currentClient(of: request) }
            let handle = LoginHandle(
                transaction: id, browser: browser.text, inquiry: LoginInquiry(request, of: client))
            return .failed(OAuthError(error), handle)
        }
        let (outcome, session) = try await signIn(CompletedLogin(signedIn), for: id, in: cookies)
        return .signedIn(outcome, session: session)
    }

    /// Keeps an answer that an upstream posted, since the browser brings no cookies with it (OAuth 2.0 Form Post Response
    /// Mode §2). Whoever posts it has to know the state of a login that waits for a form.
    ///
    /// - Returns: The handle with which the browser gets it back.
    /// - Throws: ``OAuthError``, for a page.
    package func holdAnswer(_ text: Secret, at provider: ProviderID) async throws(OAuthError) -> Secret {
        try await storeAccess.handlingRequest { () throws(OAuthError) in
            let answer = UpstreamAnswer(text, by: .formPost)
            guard broker.redirectForm(of: provider)?.responseMode == .formPost,
                let state = answer.state, let found = try await waiting(for: state, at: provider)
            else { throw .loginLost }
            let transaction = try await accessStore(.record) { [clock] store throws(StoreFailure) in
                try await store.record(LoginTransaction.self, RecordID(found.body.transaction), at: clock.now())
            }
            guard let transaction else { throw .loginLost }
            return try await hold(text, for: .callback, of: transaction.body.request.client)
        }
    }

    /// Gives back an answer that was kept.
    ///
    /// - Throws: ``OAuthError``, for a page, if it was given back before, or not within a minute.
    package func heldAnswer(_ handle: Secret) async throws(OAuthError) -> UpstreamAnswer {
        try await storeAccess.handlingRequest { () throws(OAuthError) in
            guard let text = try await release(handle, for: .callback) else { throw .loginLost }
            return UpstreamAnswer(text, by: .formPost)
        }
    }

    /// Uses up the login that an answer belongs to.
    private func take(
        _ answer: UpstreamAnswer,
        at provider: ProviderID,
        in cookies: BrowserCookies
    ) async throws(OAuthError) -> (Record<LoginTransaction>, RedirectFlow) {
        guard let state = answer.state, let found = try await waiting(for: state, at: provider),
            let flow = found.body.flow(state), broker.isAnswer(answer.text.reveal(), to: flow)
        else { throw .loginLost }
        // Before it is used up: in another browser, it is nothing.
        let transaction = try await login(found.body.transaction, in: cookies)
        try check(provider, for: transaction.body.request)
        guard try await commit(at: clock.now(), { () in [found.consume()] }) else { throw .loginLost }
        return (transaction, flow)
    }

    /// The login of this state, if it was begun at this instance.
    private func waiting(
        for state: Secret,
        at provider: ProviderID
    ) async throws(OAuthError) -> Record<UpstreamLogin>? {
        let (id, now) = (UpstreamLogin.id(state), clock.now())
        let found = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(UpstreamLogin.self, id, at: now)
        }
        guard let found, found.body.provider.utf8.elementsEqual(provider.rawValue.utf8) else { return nil }
        return found
    }

    /// Checks that a request may be answered by a login at this instance, whatever a page offered (GHSA-25rw-g6ff-fmg8).
    func check(_ provider: ProviderID, for request: AuthenticationRequest) throws(OAuthError) {
        guard try currentClient(of: request).mayUse(provider), broker.isEnabled(provider),
            request.providerID.map({ $0 == provider }) ?? true
        else { throw OAuthError(.accessDenied, "The app does not allow this way to sign in. Choose another.") }
    }
}
