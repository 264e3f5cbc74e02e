public import Foundation
public import Logging

/// A provider at whose own site the user signs in, and which sends the browser back with an authorization code.
///
/// The pipeline generates state, nonce and code verifier, checks what the provider builds from them, and checks what
/// comes back. The provider describes the upstream's redirects, builds the URL, and redeems the code with the contents
/// of ``Credential/flow``.
public protocol RedirectRequesting: IdentityProvider {
    /// The form of this upstream's redirects.
    var redirectForm: RedirectForm { get }

    /// The upstream's URL for the user's browser.
    ///
    /// Its query contains the flow's ``RedirectFlow/state`` as `state`, its ``RedirectFlow/redirectURI`` as
    /// `redirect_uri`, its ``RedirectFlow/codeChallenge`` as `code_challenge` with `code_challenge_method=S256`, its
    /// ``RedirectFlow/nonce`` as `nonce` unless the ``NonceRule`` needs none, and with
    /// ``RedirectForm/ResponseMode/formPost`` `response_mode=form_post`; alternatively these were pushed, and it
    /// contains `request_uri` (see ``RedirectContext/push(_:)``). It never contains a secret.
    ///
    /// - Parameters:
    ///   - flow: The login that begins.
    ///   - context: Access to shared values, such as the upstream's discovery document, and the deadline.
    /// - Throws: ``BrokerError``. Anything else counts as a bug in the provider.
    func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest
}

extension RedirectRequesting {
    /// The form of RFC 6749 and RFC 7636.
    public var redirectForm: RedirectForm { RedirectForm() }
}

/// How a redirect login begins.
public struct AuthorizationRequest: Sendable {
    /// The upstream's URL for the user's browser.
    public var url: String
    /// Whether the upstream names itself in `iss` of each answer with a code (RFC 9207). An answer without it is then
    /// refused.
    public var namesItself: Bool

    /// Makes a request.
    public init(url: String, namesItself: Bool = false) {
        self.url = url
        self.namesItself = namesItself
    }
}

/// The form of an upstream's redirects, where upstreams differ.
public struct RedirectForm: Sendable, Hashable {
    /// How the browser returns the answer.
    public enum ResponseMode: String, Sendable, Hashable, CaseIterable {
        /// In the query of the redirect URI.
        case query
        /// In the body of a `POST` (OAuth 2.0 Form Post Response Mode §2).
        case formPost = "form_post"
    }

    /// How the browser returns the answer. One that arrives any other way is refused.
    public var responseMode: ResponseMode
    /// The parameter names under which the code may arrive. It may be under several, if it is the same.
    public var codeParameters: [String]
    /// Further parameters of the answer that the provider needs, in ``Credential/parts``.
    public var furtherParameters: Set<String>
    /// The codes besides `access_denied` with which the upstream says that the user did not agree.
    public var cancellationCodes: Set<String>
    /// Texts that come in the place of a code if the user did not agree, such as WeChat's `authdeny`.
    public var refusalsAsCode: Set<String>
    /// Whether an answer with the right state, and with neither a code nor an error, says that the user did not agree.
    public var refusesWithoutCode: Bool
    /// Whether the upstream supports PKCE (RFC 7636). If it does, no login begins without the challenge.
    public var usesPKCE: Bool
    /// The names that the upstream may give itself in `iss` (RFC 9207), if not ``IdentityProvider/issuer``.
    ///
    /// A segment of the path may be a word in braces, such as `{tenantid}`, for any word of at most 64 letters, digits,
    /// dots, hyphens and underscores; the provider then compares ``Credential/issuer`` with what it learns of the user.
    public var issuers: [String]?

    /// Describes redirects; the default follows RFC 6749 and RFC 7636.
    public init(
        responseMode: ResponseMode = .query,
        codeParameters: [String] = ["code"],
        furtherParameters: Set<String> = [],
        cancellationCodes: Set<String> = [],
        refusalsAsCode: Set<String> = [],
        refusesWithoutCode: Bool = false,
        usesPKCE: Bool = true,
        issuers: [String]? = nil
    ) {
        self.responseMode = responseMode
        self.codeParameters = codeParameters
        self.furtherParameters = furtherParameters
        self.cancellationCodes = cancellationCodes
        self.refusalsAsCode = refusalsAsCode
        self.refusesWithoutCode = refusesWithoutCode
        self.usesPKCE = usesPKCE
        self.issuers = issuers
    }
}

/// What a provider may use at the beginning of a redirect login.
public struct RedirectContext: Sendable {
    /// The time by which the login must have begun.
    public let deadline: Deadline
    /// A logger that redacts the flow's and the instance's secrets.
    public let logger: Logger
    /// The time of day when the login began.
    public let now: Date

    let transport: GuardedTransport
    let sharedValues: SharedValues
    let check: RedirectCheck
    /// Waits until the instance has room for a request to its upstream.
    let admit: @Sendable () async throws(BrokerError) -> Void
    let pushed = Locked(false)

    /// A value that belongs to no single login; see ``ExchangeContext/shared(_:)``.
    public func shared<Value>(_ value: SharedValue<Value>) async throws(BrokerError) -> Value {
        try transport.check(shared: value.request)
        return try await sharedValues.value(value, isForced: false, until: deadline)
    }

    /// The same, fetched again if allowed; see ``ExchangeContext/refetched(_:)``.
    public func refetched<Value>(_ value: SharedValue<Value>) async throws(BrokerError) -> Value {
        try transport.check(shared: value.request)
        return try await sharedValues.value(value, isForced: true, until: deadline)
    }

    /// Pushes the parameters of the authorization request to the upstream (RFC 9126), once. The URL for the browser
    /// then needs only the `request_uri` that comes back. It respects the instance's limits
    /// for concurrency and failures.
    ///
    /// - Parameter request: A `POST` of a form with what the URL would contain, and with the client's authentication.
    /// - Throws: ``BrokerError`` as ``ExchangeContext/send(_:)`` does; of kind
    ///   ``BrokerError/Kind/upstreamUnavailable`` or ``BrokerError/Kind/unavailable`` if the instance's limits refuse it;
    ///   of kind ``BrokerError/Kind/internalError`` if the form lacks what the URL would need.
    public func push(_ request: UpstreamRequest) async throws(BrokerError) -> UpstreamResponse {
        guard let form = String(validating: request.body, as: UTF8.self) else {
            throw RedirectCheck.fault("pushed something other than a form")
        }
        try check.check(parametersIn: form[...])
        try await admit()
        let response = try await transport.send(request)
        pushed.withLock { $0 = true }
        return response
    }
}

extension RedirectContext: CustomReflectable {
    /// A mirror without children: the contents include the flow's secrets.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
