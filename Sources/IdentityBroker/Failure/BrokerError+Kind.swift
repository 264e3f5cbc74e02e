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
        /// The credential was presented before.
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
