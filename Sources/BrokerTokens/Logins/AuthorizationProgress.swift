package import Foundation
package import IdentityBroker

/// What becomes of a request for a code, as far as it is known now.
package enum AuthorizationProgress: Sendable {
    /// The client gets this answer.
    case answer(AuthorizationResponse)
    /// The person goes on there.
    case page(LoginPage, LoginHandle)
}

/// A transaction that a person goes on with, and what this browser proves itself with.
package struct LoginHandle: Sendable {
    /// The transaction's id. It is no secret: it means nothing in another browser.
    package let transaction: UUID
    /// The value of the cookie that binds it to this browser.
    package let browser: Secret
}

/// What a browser has in its cookies.
package struct BrowserCookies: Sendable {
    /// What binds transactions to it; nil for none.
    let browser: BoundSecret?
    /// Its session; nil for none.
    let session: SessionCookie?

    /// Reads the values of the cookies; what is not in their form counts as absent.
    package init(browser: Secret? = nil, session: Secret? = nil) {
        self.browser = browser.flatMap { BoundSecret($0.reveal()) }
        self.session = session.flatMap(SessionCookie.init)
    }
}

extension BrowserCookies: CustomReflectable {
    /// A mirror without children: they are secrets.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// A login at an upstream that has succeeded, for a browser.
package struct CompletedLogin: Sendable {
    let account: AccountID
    let provider: ProviderID
    let upstream: UpstreamSession
    let event: AuthenticationEvent

    /// - Parameters:
    ///   - signedIn: What the login led to.
    ///   - event: How and when the person signed in, by the upstream's word; nil if it says nothing.
    ///   - session: The upstream's `sid`; nil if it gave none.
    package init(_ signedIn: SignedIn, event: AuthenticationEvent? = nil, upstreamSession session: String? = nil) {
        self.init(
            account: signedIn.account, provider: signedIn.identity.provider,
            upstream: UpstreamSession(signedIn.identity.key, id: session),
            event: event ?? AuthenticationEvent(time: signedIn.identity.authenticatedAt))
    }

    init(account: AccountID, provider: ProviderID, upstream: UpstreamSession, event: AuthenticationEvent) {
        self.account = account
        self.provider = provider
        self.upstream = upstream
        self.event = event
    }
}
