/// Why a login, or a step of one, did not succeed.
///
/// Programs use ``kind``, a stable code from a short list; people read ``message``, which says what happened and what
/// to do. Neither contains a secret, a ticket, a token or a phone number.
public struct BrokerError: Error, Sendable, Hashable {
    /// The stable code.
    public let kind: Kind
    /// What happened and what to do, in a sentence or two of plain text.
    public let message: String
    /// The provider instance, if one was resolved.
    public private(set) var provider: ProviderID?
    /// The upstream's own code: a number of at most seven digits, kept as text, words such as `invalid_grant` or
    /// `isv.invalid-app-id`, or one that the provider lists.
    public let upstreamCode: String?
    /// How long to wait before trying again, if known.
    public let retryAfter: Duration?
    /// What happened to the credential. The pipeline sets it; errors thrown by a provider do not.
    public private(set) var credential: CredentialFate
    /// Whether the message is for operators: it describes an internal problem, which clients of a service do not see.
    package private(set) var isForOperators = false
    /// Whether this repeats the failure of an earlier attempt. The upstream was not contacted again, so it shows
    /// nothing new about it.
    private(set) var isRemembered = false

    /// Makes an error for a provider to throw. The pipeline adds the provider and the credential's fate.
    ///
    /// - Parameters:
    ///   - kind: The stable code.
    ///   - message: Your own plain text. Never an upstream's text, a credential or a secret.
    ///   - upstreamCode: The upstream's code; kept only if it is a number of at most seven digits, or words of at most 24
    ///     letters with `_`, `.` or `-` between them, at most 64 bytes in all. Any other text could carry anything.
    ///   - retryAfter: How long to wait before trying again.
    public init(_ kind: Kind, _ message: String, upstreamCode: String? = nil, retryAfter: Duration? = nil) {
        self.init(
            kind, message, listedCode: upstreamCode.flatMap { UpstreamCode.isPlain($0) ? $0 : nil },
            retryAfter: retryAfter)
    }

    /// The same, with a code from a list of the provider's own, which is kept whatever its form: it is not the upstream's
    /// text.
    public init(_ kind: Kind, _ message: String, listedCode: String?, retryAfter: Duration? = nil) {
        self.kind = kind
        self.message = message
        upstreamCode = listedCode
        self.retryAfter = retryAfter
        credential = .unused
    }
}

extension BrokerError {
    /// Something an operator must fix.
    package static func misconfigured(_ message: String) -> BrokerError {
        BrokerError(.misconfigured, message)
    }

    /// The same error with its instance.
    package func about(_ provider: ProviderID) -> BrokerError {
        var copy = self
        copy.provider = provider
        return copy
    }

    /// The same error with its instance, and what happened to the credential presented there.
    package func about(_ provider: ProviderID, credential: CredentialFate) -> BrokerError {
        var copy = about(provider)
        copy.credential = credential
        return copy
    }

    /// The same error as the answer to a login: with the instance and the credential's fate, and with its message
    /// redacted.
    func settled(provider: ProviderID?, credential: CredentialFate, redactor: Redactor) -> BrokerError {
        var copy = BrokerError(
            kind,
            redactor.redact(message),
            listedCode: upstreamCode.flatMap { redactor.finds(in: $0) ? nil : $0 },
            retryAfter: retryAfter
        )
        copy.provider = provider
        copy.credential = credential
        copy.isForOperators = isForOperators
        return copy
    }

    /// The same error, for a login that comes after the attempt that failed with it.
    func remembered() -> BrokerError {
        var copy = self
        copy.isRemembered = true
        return copy
    }

    /// The same error, with its message for operators only.
    func forOperators() -> BrokerError {
        var copy = self
        copy.isForOperators = true
        return copy
    }
}

extension BrokerError: CustomStringConvertible {
    /// The kind and the message.
    public var description: String { "\(kind.rawValue): \(message)" }
}

extension BrokerError {
    /// The stable code for what went wrong: low in cardinality, fit for metric labels and for a `switch` with a
    /// default.
    public struct Kind: Sendable, Hashable {
        private enum Code: String, Sendable, CaseIterable {
            case invalidCredential = "invalid_credential"
            case credentialAlreadyUsed = "credential_already_used"
            case credentialExpired = "credential_expired"
            case cancelledByUser = "cancelled_by_user"
            case accessDenied = "access_denied"
            case interactionRequired = "interaction_required"
            case rateLimited = "rate_limited"
            case upstreamUnavailable = "upstream_unavailable"
            case upstreamMisbehaved = "upstream_misbehaved"
            case misconfigured = "misconfigured"
            case unknownProvider = "unknown_provider"
            case providerDisabled = "provider_disabled"
            case timedOut = "timed_out"
            case cancelled = "cancelled"
            case unavailable = "unavailable"
            case internalError = "internal_error"
        }

        private let code: Code

        /// The code in snake case, as it appears in JSON, metrics and audit events.
        public var rawValue: String { code.rawValue }

        /// All kinds.
        public static var allKinds: [Kind] { Code.allCases.map(Kind.init(code:)) }

        /// The credential is malformed, or the upstream rejects it.
        public static let invalidCredential = Kind(code: .invalidCredential)
        /// The credential was presented before, or another one for the same redirect.
        public static let credentialAlreadyUsed = Kind(code: .credentialAlreadyUsed)
        /// The credential has expired.
        public static let credentialExpired = Kind(code: .credentialExpired)
        /// The user declined.
        public static let cancelledByUser = Kind(code: .cancelledByUser)
        /// The upstream, or the gate, refuses this person.
        public static let accessDenied = Kind(code: .accessDenied)
        /// The upstream needs something from the user first: a second factor, a new password, a complete profile.
        public static let interactionRequired = Kind(code: .interactionRequired)
        /// Too many requests; see ``BrokerError/retryAfter``.
        public static let rateLimited = Kind(code: .rateLimited)
        /// The upstream cannot be reached, or reports that it cannot serve.
        public static let upstreamUnavailable = Kind(code: .upstreamUnavailable)
        /// The upstream gave an answer that violates its protocol.
        public static let upstreamMisbehaved = Kind(code: .upstreamMisbehaved)
        /// An operator must fix something.
        public static let misconfigured = Kind(code: .misconfigured)
        /// No provider instance has this id.
        public static let unknownProvider = Kind(code: .unknownProvider)
        /// The provider instance is disabled.
        public static let providerDisabled = Kind(code: .providerDisabled)
        /// The login's deadline has passed.
        public static let timedOut = Kind(code: .timedOut)
        /// The caller gave up.
        public static let cancelled = Kind(code: .cancelled)
        /// The broker cannot serve now: a store is full or failing, or load is being shed.
        public static let unavailable = Kind(code: .unavailable)
        /// A bug in the broker or a provider.
        public static let internalError = Kind(code: .internalError)
    }
}

extension BrokerError.Kind: CustomStringConvertible {
    /// The code in snake case.
    public var description: String { rawValue }
}
