package import Foundation
package import IdentityBroker

/// What a browser does with a client's request for a code: it brings it, comes back to it, and carries what the person does
/// on the pages in between.
extension TokenService {
    /// Carries out a request for a code as far as it goes (RFC 6749 §4.1.1). Only one that needs a page is stored.
    ///
    /// - Parameters:
    ///   - text: The query of a `GET`, or the form of a `POST`.
    ///   - cookies: What the browser has.
    /// - Throws: ``AuthorizationRefusal``.
    package func authorize(
        _ text: Substring,
        in cookies: BrowserCookies
    ) async throws(AuthorizationRefusal) -> AuthorizationProgress {
        let request = try await readRequest(text)
        let browser = cookies.browser ?? BoundSecret(randomness)
        let action = begin(.authorization, by: request.client)
        return try await answering(request) { () throws(OAuthError) in
            try await perform(action) { action throws(OAuthError) in
                let transaction = LoginTransaction(try await resolvingHint(of: request), in: browser)
                return try await proceed(transaction, nil, browser, cookies.session, recording: &action)
            }
        }
    }

    /// Carries on with a stored request.
    ///
    /// - Parameter transaction: Its id.
    /// - Throws: ``AuthorizationRefusal``; a page also if it has expired, was answered, or was begun in another browser.
    package func resume(
        _ transaction: UUID,
        in cookies: BrowserCookies
    ) async throws(AuthorizationRefusal) -> AuthorizationProgress {
        let (record, _) = try await make(transaction, in: cookies) { _ throws(OAuthError) in nil }
        return try await carryOn(record, in: cookies.browser, cookies.session)
    }

    /// Carries on after the person went on from the page ``LoginPage/confirm``. From any other, nothing is confirmed.
    ///
    /// - Throws: As ``resume(_:in:)``.
    package func confirm(
        _ transaction: UUID,
        in cookies: BrowserCookies
    ) async throws(AuthorizationRefusal) -> AuthorizationProgress {
        let (record, _) = try await make(transaction, in: cookies) { record throws(OAuthError) in
            guard try await page(of: record, in: cookies) == .confirm else { return nil }
            return LoginMove(next: record.next(record.body.confirmed()))
        }
        return try await carryOn(record, in: cookies.browser, cookies.session)
    }

    /// Carries on after the person has allowed what the page ``LoginPage/askConsent(_:)`` asked for. From any other, nothing
    /// is allowed.
    ///
    /// - Throws: As ``resume(_:in:)``.
    package func allow(
        _ transaction: UUID,
        in cookies: BrowserCookies
    ) async throws(AuthorizationRefusal) -> AuthorizationProgress {
        let (record, _) = try await make(transaction, in: cookies) { record throws(OAuthError) in
            guard case .askConsent = try await page(of: record, in: cookies),
                let session = try await session(cookies.session)
            else { return nil }
            let request = record.body.request
            return LoginMove(
                next: record.next(record.body.allowed(in: session.id)),
                others: try await allowing(request.consentScope, to: request.client, in: session))
        }
        return try await carryOn(record, in: cookies.browser, cookies.session)
    }

    /// Carries on after the person has signed in.
    ///
    /// - Returns: What becomes of the request, and the value of the session's new cookie, which the browser needs whatever
    ///   becomes of the request: the one that it had is worth nothing any more.
    /// - Throws: As ``resume(_:in:)``, if the person was not signed in; also for a provider that the request does not allow.
    package func signIn(
        _ login: CompletedLogin,
        for transaction: UUID,
        in cookies: BrowserCookies
    ) async throws(AuthorizationRefusal) -> (
        outcome: Result<AuthorizationProgress, AuthorizationRefusal>, session: Secret
    ) {
        let (record, change) = try await make(transaction, in: cookies) { record throws(OAuthError) in
            try check(login.provider, for: record.body.request)
            let now = clock.now()
            let change = opening(login, replacing: try await keptSession(cookies.session), at: now)
            return LoginMove(
                next: record.next(record.body.signedIn(to: change.opened.id, at: now)), session: change)
        }
        guard let cookie = change?.cookie else { throw .page(.contended) }
        do throws(AuthorizationRefusal) {
            return (.success(try await carryOn(record, in: cookies.browser, cookie)), cookie.text)
        } catch {
            return (.failure(error), cookie.text)
        }
    }

    /// Answers the client that the person does not agree, and forgets the request.
    ///
    /// - Throws: As ``resume(_:in:)``.
    package func cancel(
        _ transaction: UUID,
        in cookies: BrowserCookies
    ) async throws(AuthorizationRefusal) -> AuthorizationResponse {
        let refusal = OAuthError(.accessDenied, "The person did not agree.")
        let request = try await onPage { () throws(OAuthError) in
            let record = try await login(transaction, in: cookies)
            _ = try currentClient(of: record.body.request)
            let answered = [record.consume()] + record.body.request.consumption
            guard try await commit(at: clock.now(), { () in answered }) else { throw .loginLost }
            logins.remove(record.id)
            try await recordRefusal(refusal, of: .authorization, client: record.body.request.client)
            return record.body.request
        }
        return AuthorizationResponse(refusal, to: request.target, from: issuer)
    }

    /// Reads a request for a code, and records a refusal.
    func readRequest(_ text: Substring) async throws(AuthorizationRefusal) -> AuthenticationRequest {
        do throws(AuthorizationRefusal) {
            let pushed = try await onPage { () throws(OAuthError) in
                try await pushedRequest(RequestParameters(text))
            }
            if let pushed { return pushed }
            return try AuthenticationRequest(text, from: clients, issuer: issuer)
        } catch {
            let reason =
                switch error {
                case .page(let reason), .client(_, let reason): reason
                }
            try await onPage { () throws(OAuthError) in try await recordRefusal(reason, of: .authorization) }
            throw error
        }
    }
}
