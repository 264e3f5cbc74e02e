/// A provider whose upstream signs users out when their browser comes to it.
///
/// The app first ends its own session, and then sends the browser to the URL. Whether the upstream ends its session is its
/// decision, and the user's.
public protocol LogoutRequesting: IdentityProvider {
    /// The upstream's URL for the user's browser; nil if this upstream signs no one out.
    ///
    /// Its query contains the request's ``LogoutRequest/state`` as `state` and its ``LogoutRequest/returnURI`` as
    /// `post_logout_redirect_uri`, if it has them. It never contains a secret of the instance.
    ///
    /// - Throws: ``BrokerError``. Anything else counts as a bug in the provider.
    func logoutURL(for request: LogoutRequest, in context: LogoutContext) async throws -> String?
}

/// A wish to sign a user out at an upstream (OpenID Connect RP-Initiated Logout 1.0 §2).
public struct LogoutRequest: Sendable {
    /// The ID token of the session that ends, so that the upstream knows whose it is without asking; nil if the app does not
    /// have it. The browser sees it.
    public var idToken: Secret?
    /// Where the upstream sends the browser afterward, as registered there for this purpose; nil to leave it there.
    public var returnURI: String?
    /// What the upstream returns to that address, so that the app recognizes the answer; nil for nothing.
    public var state: String?

    /// Makes a request.
    public init(idToken: Secret? = nil, returnURI: String? = nil, state: String? = nil) {
        self.idToken = idToken
        self.returnURI = returnURI
        self.state = state
    }
}

/// What a provider may use to build the URL of a logout.
public struct LogoutContext: Sendable {
    /// The time by which it must be built.
    public let deadline: Deadline

    let transport: GuardedTransport
    let sharedValues: SharedValues

    /// A value that belongs to no single login; see ``ExchangeContext/shared(_:)``.
    public func shared<Value>(_ value: SharedValue<Value>) async throws(BrokerError) -> Value {
        try transport.check(shared: value.request)
        return try await sharedValues.value(value, isForced: false, until: deadline)
    }
}
