/// A provider at whose own site the user signs in, and which sends the browser back with an authorization code.
///
/// The pipeline makes state, nonce and code verifier, checks what the provider builds of them, and checks what comes back. The
/// provider says what the upstream's redirects look like, builds the URL, and redeems the code with what it finds in
/// ``Credential/flow``.
public protocol RedirectRequesting: IdentityProvider {
    /// What this upstream's redirects look like.
    var redirectForm: RedirectForm { get }

    /// The upstream's URL for the user's browser.
    ///
    /// Its query contains the flow's ``RedirectFlow/state`` as `state`, its ``RedirectFlow/redirectURI`` as `redirect_uri`, its
    /// ``RedirectFlow/codeChallenge`` as `code_challenge` with `code_challenge_method=S256`, its ``RedirectFlow/nonce`` as
    /// `nonce` unless the ``NonceRule`` does without, and with ``RedirectForm/ResponseMode/formPost``
    /// `response_mode=form_post`; or else these were pushed, and it contains `request_uri` (see ``RedirectContext/push(_:)``).
    /// It never contains a secret.
    ///
    /// - Parameters:
    ///   - flow: The login that begins.
    ///   - context: What logins share, such as the upstream's discovery document, and the time that there is.
    /// - Throws: ``BrokerError``. Anything else is taken for a defect of the provider.
    func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest
}

extension RedirectRequesting {
    /// As RFC 6749 and RFC 7636 have it.
    public var redirectForm: RedirectForm { RedirectForm() }
}

/// Where a login by redirect begins.
public struct AuthorizationRequest: Sendable {
    /// The upstream's URL for the user's browser.
    public var url: String
    /// Whether the upstream names itself in `iss` of each answer with a code (RFC 9207). One without it is then refused.
    public var namesItself: Bool

    /// Makes a request.
    public init(url: String, namesItself: Bool = false) {
        self.url = url
        self.namesItself = namesItself
    }
}

/// What an upstream's redirects look like, where upstreams differ.
public struct RedirectForm: Sendable, Hashable {
    /// How the browser brings the answer back.
    public enum ResponseMode: String, Sendable, Hashable, CaseIterable {
        /// In the query of the redirect URI.
        case query
        /// In the body of a `POST` (OAuth 2.0 Form Post Response Mode §2).
        case formPost = "form_post"
    }

    /// How the browser brings the answer back. An answer that comes otherwise is refused.
    public var responseMode: ResponseMode
    /// The names under which the code may come back. It may come under several, if it is the same.
    public var codeParameters: [String]
    /// Further parameters of the answer that the provider wants to see, in ``Credential/parts``.
    public var furtherParameters: Set<String>
    /// Whether the upstream knows PKCE (RFC 7636). Where it does, no login begins without the challenge.
    public var usesPKCE: Bool
    /// What the upstream may call itself in `iss` (RFC 9207), if that is not ``IdentityProvider/issuer``.
    public var issuers: [String]?

    /// Describes redirects; the default is what RFC 6749 and RFC 7636 say.
    public init(
        responseMode: ResponseMode = .query,
        codeParameters: [String] = ["code"],
        furtherParameters: Set<String> = [],
        usesPKCE: Bool = true,
        issuers: [String]? = nil
    ) {
        self.responseMode = responseMode
        self.codeParameters = codeParameters
        self.furtherParameters = furtherParameters
        self.usesPKCE = usesPKCE
        self.issuers = issuers
    }
}
