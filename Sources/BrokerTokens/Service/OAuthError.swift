public import IdentityBroker

/// Why a client's request failed, in the terms of OAuth 2.0 (RFC 6749 §4.1.2.1, §5.2).
public struct OAuthError: Error, Sendable, Hashable {
    /// The stable code: `error`.
    public let code: Code
    /// What happened and what to do, for a developer: `error_description`, in the characters that RFC 6749 §5.2 allows.
    /// It contains no secret.
    public private(set) var message: String
    /// The broker's own kind, if the broker refused; it distinguishes causes that share a code.
    public let kind: BrokerError.Kind?
    /// What happened to the credential of a login that failed; nil for any other request.
    public private(set) var credential: CredentialFate?
    /// How long to wait before trying again, if known: `Retry-After`.
    public let retryAfter: Duration?

    /// Creates an error.
    ///
    /// - Parameter message: Your own text. Characters that RFC 6749 §5.2 does not allow are replaced.
    public init(_ code: Code, _ message: String) {
        self.init(code, message, about: nil)
    }

    /// Creates an error for a reason of the broker's own.
    init(_ code: Code, _ message: String, about error: BrokerError?) {
        self.code = code
        self.message = Self.plain(message)
        kind = error?.kind
        credential = error.flatMap { $0.provider == nil ? nil : $0.credential }
        retryAfter = error?.retryAfter
    }

    /// The same error for a login whose credential cannot be presented again, whatever the error alone would mean.
    func withCredentialSpent() -> OAuthError {
        var copy = self
        copy.credential = .spent
        if code == .temporarilyUnavailable {
            copy.message = "The tokens could not be issued, and the credential is used up. Begin a new login."
        }
        return copy
    }

    /// `%x20-21 / %x23-5B / %x5D-7E`: printable ASCII less the quotation mark and the backslash.
    private static func plain(_ text: String) -> String {
        String(
            text.unicodeScalars.lazy.map { scalar -> Character in
                switch scalar {
                case "\"", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}": "'"
                case "\\": "/"
                case " "..."~": Character(scalar)
                default: "?"
                }
            })
    }
}

extension OAuthError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}

extension OAuthError {
    /// The `error` of a response: a closed list of registered codes.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Word: String {
            case invalidRequest = "invalid_request"
            case invalidClient = "invalid_client"
            case invalidGrant = "invalid_grant"
            case unauthorizedClient = "unauthorized_client"
            case unsupportedGrantType = "unsupported_grant_type"
            case invalidScope = "invalid_scope"
            case invalidTarget = "invalid_target"
            case invalidToken = "invalid_token"
            case insufficientScope = "insufficient_scope"
            case serverError = "server_error"
            case temporarilyUnavailable = "temporarily_unavailable"
            case unsupportedResponseType = "unsupported_response_type"
            case accessDenied = "access_denied"
            case loginRequired = "login_required"
            case interactionRequired = "interaction_required"
            case consentRequired = "consent_required"
            case requestNotSupported = "request_not_supported"
            case requestURINotSupported = "request_uri_not_supported"
            case registrationNotSupported = "registration_not_supported"
            case authorizationPending = "authorization_pending"
            case slowDown = "slow_down"
            case expiredToken = "expired_token"
        }

        private let word: Word

        /// The code as it is sent.
        public var rawValue: String { word.rawValue }
        /// The code as it is sent.
        public var description: String { rawValue }

        /// A parameter is missing, occurs twice, or is malformed (RFC 6749 §5.2).
        public static let invalidRequest = Code(word: .invalidRequest)
        /// The client is unknown, or did not authenticate (RFC 6749 §5.2).
        public static let invalidClient = Code(word: .invalidClient)
        /// The credential or refresh token is invalid, expired or revoked (RFC 6749 §5.2).
        public static let invalidGrant = Code(word: .invalidGrant)
        /// The client may not use this grant type (RFC 6749 §5.2).
        public static let unauthorizedClient = Code(word: .unauthorizedClient)
        /// The grant type is not supported (RFC 6749 §5.2).
        public static let unsupportedGrantType = Code(word: .unsupportedGrantType)
        /// The scope is unknown, or exceeds what was granted (RFC 6749 §5.2).
        public static let invalidScope = Code(word: .invalidScope)
        /// The audience is not one that the client may get tokens for (RFC 8693 §2.2.2, RFC 8707 §2).
        public static let invalidTarget = Code(word: .invalidTarget)
        /// The access token is invalid (RFC 6750 §3.1).
        public static let invalidToken = Code(word: .invalidToken)
        /// The access token's scope is insufficient (RFC 6750 §3.1).
        public static let insufficientScope = Code(word: .insufficientScope)
        /// The broker, or an upstream, failed (RFC 6749 §4.1.2.1).
        public static let serverError = Code(word: .serverError)
        /// Temporarily unavailable (RFC 6749 §4.1.2.1).
        public static let temporarilyUnavailable = Code(word: .temporarilyUnavailable)
        /// The authorization endpoint does not answer with this response type (RFC 6749 §4.1.2.1).
        public static let unsupportedResponseType = Code(word: .unsupportedResponseType)
        /// The person or the broker refused the request (RFC 6749 §4.1.2.1).
        public static let accessDenied = Code(word: .accessDenied)
        /// The person would have to sign in, and the request rules that out (OpenID Connect Core §3.1.2.6).
        public static let loginRequired = Code(word: .loginRequired)
        /// The person would have to see a page, and the request rules that out (OpenID Connect Core §3.1.2.6).
        public static let interactionRequired = Code(word: .interactionRequired)
        /// The person would have to consent, and the request rules that out (OpenID Connect Core §3.1.2.6).
        public static let consentRequired = Code(word: .consentRequired)
        /// Request objects are not supported (OpenID Connect Core §3.1.2.6).
        public static let requestNotSupported = Code(word: .requestNotSupported)
        /// Requests by reference are not supported (OpenID Connect Core §3.1.2.6).
        public static let requestURINotSupported = Code(word: .requestURINotSupported)
        /// Clients cannot register with a request (OpenID Connect Core §3.1.2.6).
        public static let registrationNotSupported = Code(word: .registrationNotSupported)
        /// Nobody has approved the device yet (RFC 8628 §3.5).
        public static let authorizationPending = Code(word: .authorizationPending)
        /// The device asks too often (RFC 8628 §3.5).
        public static let slowDown = Code(word: .slowDown)
        /// The device code has expired (RFC 8628 §3.5).
        public static let expiredToken = Code(word: .expiredToken)
    }

    /// Translates a login's failure for the client that asked for it.
    public init(_ error: BrokerError) {
        let code: Code =
            switch error.kind {
            case .invalidCredential, .credentialExpired, .credentialAlreadyUsed, .accessDenied, .interactionRequired,
                .cancelledByUser, .providerDisabled:
                .invalidGrant
            case .unknownProvider:
                .invalidRequest
            case .rateLimited, .upstreamUnavailable, .timedOut, .unavailable, .cancelled:
                .temporarilyUnavailable
            default:
                .serverError
            }
        // Only the operator can fix this, and finds it in the log.
        let message =
            if code == .serverError, error.kind != .upstreamMisbehaved {
                "The broker cannot serve this now. Its operator has to put something right."
            } else if error.isForOperators {
                error.credential == .unused
                    ? "The broker's store cannot take this now. Try again later."
                    : "The broker's store failed, and the credential may be used up. Begin a new login."
            } else {
                error.message
            }
        self.init(code, message, about: error)
    }
}
