package import Foundation
package import IdentityBroker

/// What becomes of a request for a code, as far as it is known now.
package enum AuthorizationProgress: Sendable {
    /// The client gets this answer.
    case answer(AuthorizationResponse)
    /// The person goes on there.
    case page(LoginPage, LoginHandle)
    /// The person is signed in, and goes on to a page of ours, with this query if any.
    case ownPage(OwnPage, query: String?)
}

/// A transaction that a person goes on with, and what this browser proves itself with.
package struct LoginHandle: Sendable {
    /// The transaction's id. It is no secret: it means nothing in another browser.
    package let transaction: UUID
    /// The value of the cookie that binds it to this browser.
    package let browser: Secret
    /// What was asked for.
    package let inquiry: LoginInquiry
}

/// What a client asks for, as far as it concerns pages and upstreams.
package struct LoginInquiry: Sendable, Hashable {
    /// The client's id.
    package let client: String
    /// The client's name for people.
    package let clientName: String
    /// What the person has to see.
    package let prompts: Set<Prompt>
    /// How long ago the person may have signed in, in seconds; nil for any time.
    package let maxAge: Int64?
    /// Whom the client expects, in its own words; nil for no one.
    package let loginHint: String?
    /// The languages that the client asks for, preferred ones first.
    package let uiLocales: [String]
    /// The authentication context classes that the client asks for, preferred ones first.
    package let acrValues: [String]

    init(_ request: AuthenticationRequest, of client: TokenClient) {
        self.client = client.id
        clientName = client.displayName
        prompts = request.prompts
        maxAge = request.maxAge
        loginHint = request.loginHint
        uiLocales = request.uiLocales
        acrValues = request.acrValues
    }
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
            event: event ?? AuthenticationEvent(of: signedIn.identity))
    }

    init(account: AccountID, provider: ProviderID, upstream: UpstreamSession, event: AuthenticationEvent) {
        self.account = account
        self.provider = provider
        self.upstream = upstream
        self.event = event
    }
}
