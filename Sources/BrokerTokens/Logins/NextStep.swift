import Foundation
package import IdentityBroker

/// A page or an address at which a person goes on with a login.
package enum LoginPage: Sendable, Hashable {
    /// This instance's site, to sign in there.
    case signIn(ProviderID)
    /// A choice of instances to sign in with.
    case chooseProvider([ProviderID])
    /// A page that says which client asks, where the redirect URI proves none (RFC 8252 §8.6).
    case confirm
    /// A page that asks for this scope.
    case askConsent(String)
}

/// What happens next with a request: the one place where `prompt`, `max_age`, hints, sessions and consent meet (OpenID
/// Connect Core §3.1.2.3 to §3.1.2.6).
enum NextStep: Hashable {
    /// The person goes on there.
    case page(LoginPage)
    /// The person is signed in, and goes on to a page of ours that the request is for.
    case show(OwnPage)
    /// The client gets a code for the person of the session.
    case issueCode(StoredSession)
    /// The client gets an error.
    case refuse(OAuthError)
}

/// The facts that ``NextStep`` follows from.
struct LoginFacts {
    /// The transaction, stored or not.
    let transaction: LoginTransaction
    /// The client as it is configured now.
    let client: TokenClient
    /// The browser's session; nil if there is none, or its provider is switched off.
    let session: StoredSession?
    /// What the session's person has allowed the client; nil for nothing.
    let consent: Consent?
    /// The instances that are offered to browsers now, in their order.
    let providers: [ProviderID]
    let now: Date
}

extension LoginFacts {
    /// Decides what happens next. It says the same however often it is asked, so that a page can be reloaded.
    func nextStep() -> NextStep {
        if let provider = request.providerID, !offered.contains(provider) { return .refuse(.unknown(provider)) }
        switch standing {
        case .good(let session):
            return request.ownPage.map(NextStep.show) ?? nextStep(in: session)
        case .missing:
            return forbidsPages ? .refuse(.loginRequired) : signIn
        case .notAgain(let reason):
            return .refuse(OAuthError(.loginRequired, reason))
        }
    }

    private var request: AuthenticationRequest { transaction.request }

    private var forbidsPages: Bool { request.prompts.contains(.none) }

    /// The instances that this client may use.
    private var offered: [ProviderID] { providers.filter(client.mayUse) }

    private enum Standing {
        /// The session is what the request asks for.
        case good(StoredSession)
        /// The person has to sign in.
        case missing
        /// The person has signed in for this request, and to do so again would not help.
        case notAgain(String)
    }

    private var standing: Standing {
        // A session whose provider the client may not use is none for it.
        guard let session, let provider = ProviderID(session.session.provider), offered.contains(provider),
            request.providerID.map({ $0 == provider }) ?? true
        else { return .missing }
        let login = transaction.login.flatMap { $0.session == session.id ? $0 : nil }
        guard isExpected(session) else {
            return login == nil ? .missing : .notAgain("Another person signed in than the one that was asked for.")
        }
        guard isRecent(session, login) else {
            return login == nil ? .missing : .notAgain("The person has not signed in recently enough.")
        }
        let asksAgain = !request.prompts.isDisjoint(with: [.login, .selectAccount])
        return asksAgain && login == nil ? .missing : .good(session)
    }

    /// Whether it is the person that the client expects, if it expects one.
    private func isExpected(_ session: StoredSession) -> Bool {
        request.subject.map { $0.utf8.elementsEqual(session.account.description.utf8) } ?? true
    }

    /// Whether the person has signed in recently enough. For a login of this request, that was to be so when it was
    /// complete, however long the person takes on the pages after it.
    private func isRecent(_ session: StoredSession, _ login: LoginTransaction.Login?) -> Bool {
        guard let maxAge = request.maxAge else { return true }
        let latest = session.session.event.time + .seconds(maxAge)
        // An upstream that says when the person signed in has a clock of its own.
        if let login { return login.time <= latest + KeyRotation.clockSkew }
        // Zero asks for a login however fast it comes, as the prompt does (OpenID Connect Core §3.1.2.1).
        return maxAge > 0 && now <= latest
    }

    private var signIn: NextStep {
        let choice = request.providerID.map { [$0] } ?? offered
        guard let only = choice.first else {
            return .refuse(OAuthError(.temporarilyUnavailable, "The client has no provider to sign in with now."))
        }
        // Someone who has signed in and is still not known has a browser that keeps no cookies, or a session that has
        // ended: to send them on by themselves could go round in circles.
        return .page(choice.count == 1 && transaction.login == nil ? .signIn(only) : .chooseProvider(choice))
    }

    private func nextStep(in session: StoredSession) -> NextStep {
        let asked = request.consentScope
        // What was allowed for this request may have been taken back since, so it does not stand for the consent.
        let lacksConsent = client.authorization.consent == .ask && consent?.covers(asked) != true
        if lacksConsent || request.prompts.contains(.consent) && !transaction.isAllowed(in: session.id) {
            return forbidsPages ? .refuse(.consentRequired) : .page(.askConsent(asked.text))
        }
        if !transaction.isConfirmed, !provesClient {
            return forbidsPages ? .refuse(.confirmationRequired) : .page(.confirm)
        }
        return .issueCode(session)
    }

    /// Whether only the client can receive what is sent to the redirect URI.
    private var provesClient: Bool {
        client.redirectURI(matching: request.target.redirectURI)?.provesClient ?? false
    }
}

extension OAuthError {
    fileprivate static var loginRequired: OAuthError { OAuthError(.loginRequired, "The person has to sign in.") }

    fileprivate static var consentRequired: OAuthError {
        OAuthError(.consentRequired, "The person has to allow what the client asks for.")
    }

    fileprivate static var confirmationRequired: OAuthError {
        OAuthError(.interactionRequired, "The redirect URI proves no client, so the person has to confirm it.")
    }
}
