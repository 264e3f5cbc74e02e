import IdentityBroker

/// How a client uses the authorization endpoint (RFC 6749 §3.1).
public struct AuthorizationSettings: Sendable, Hashable {
    /// Whether a client may do without PKCE (RFC 7636).
    public enum PKCE: Sendable, Hashable {
        /// Every request has a challenge.
        case required
        /// A request may have none. For confidential clients only.
        case optional
    }

    /// Whether people are asked what the client may know.
    public enum Consent: Sendable, Hashable {
        /// Not unless the client asks for it: an app of the operator's own.
        case skip
        /// For whatever they have not allowed before.
        case ask
    }

    /// Where the answer may go; compared as text.
    public var redirectURIs: [String]
    /// Whether the client is an app on a person's device, which may choose the port of a loopback redirect URI (RFC 8252
    /// §7.3).
    public var isNative: Bool
    /// Whether requests may come without a challenge.
    public var pkce: PKCE
    /// Whether the client has to push its requests (RFC 9126 §6).
    public var requiresPushedRequests: Bool
    /// Whether people are asked what the client may know.
    public var consent: Consent
    /// How the client's ID tokens are signed; RS256 is what every client understands (OpenID Connect Core §15.1).
    public var idTokenAlgorithm: SigningAlgorithm
    /// Whether ID tokens contain the claims of the scopes, as userinfo does.
    public var showsClaimsInIDToken: Bool
    /// Where a browser may go after a logout; compared as text (OpenID Connect RP-Initiated Logout 1.0 §3.1).
    public var postLogoutRedirectURIs: [String]
    /// Where the client learns that a session has ended: an https URL (OpenID Connect Back-Channel Logout 1.0 §2.2); nil if
    /// it does not want to.
    public var backchannelLogoutURI: String?

    /// Describes the use; by default, none.
    public init(
        redirectURIs: [String] = [],
        isNative: Bool = false,
        pkce: PKCE = .required,
        requiresPushedRequests: Bool = false,
        consent: Consent = .skip,
        idTokenAlgorithm: SigningAlgorithm = .rs256,
        showsClaimsInIDToken: Bool = false,
        postLogoutRedirectURIs: [String] = [],
        backchannelLogoutURI: String? = nil
    ) {
        self.redirectURIs = redirectURIs
        self.isNative = isNative
        self.pkce = pkce
        self.requiresPushedRequests = requiresPushedRequests
        self.consent = consent
        self.idTokenAlgorithm = idTokenAlgorithm
        self.showsClaimsInIDToken = showsClaimsInIDToken
        self.postLogoutRedirectURIs = postLogoutRedirectURIs
        self.backchannelLogoutURI = backchannelLogoutURI
    }
}

extension AuthorizationSettings {
    /// The redirect URIs, checked, and those for logout.
    ///
    /// - Parameter client: The client's id, for the message.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    func readURIs(of client: String) throws(BrokerError) -> (redirect: [RedirectURI], postLogout: [RedirectURI]) {
        if let uri = backchannelLogoutURI, (try? RedirectURI(uri, isNative: false))?.canReceiveTokens != true {
            throw .misconfigured(
                "The back-channel logout URI of the client \(client) must be https, or http on a loopback address.")
        }
        return (
            try read(redirectURIs, as: "Redirect URI", of: client),
            try read(postLogoutRedirectURIs, as: "Post-logout redirect URI", of: client)
        )
    }

    private func read(_ uris: [String], as name: String, of client: String) throws(BrokerError) -> [RedirectURI] {
        guard Set(uris).count == uris.count else {
            throw .misconfigured("\(name) of the client \(client) is there twice.")
        }
        var read: [RedirectURI] = []
        for (index, text) in uris.enumerated() {
            do throws(RedirectURIFlaw) {
                read.append(try RedirectURI(text, isNative: isNative))
            } catch {
                throw .misconfigured("\(name) \(index + 1) of the client \(client) \(error.rawValue).")
            }
        }
        return read
    }
}
