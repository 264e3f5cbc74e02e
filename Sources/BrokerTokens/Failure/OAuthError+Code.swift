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
    }
}
