import BrokerTokens
import HTTPTypes

/// Why a connection refuses what a client sends, and ends.
enum RequestRefusal: String, Error, Sendable, Hashable, CaseIterable {
    /// Not HTTP/1.1 (RFC 9112 §2.2).
    case unreadable
    /// The head has more or longer fields than allowed (RFC 6585 §5).
    case headTooLong
    /// Neither HTTP/1.0 nor HTTP/1.1 (RFC 9110 §15.6.6).
    case unsupportedVersion
    /// A method that the service does not know (RFC 9110 §9.1), or `CONNECT`, which is for proxies (§9.3.6).
    case unsupportedMethod
    /// The request target has none of the forms of RFC 9112 §3.2.
    case invalidTarget
    /// The `Host` field is missing, repeated or malformed (RFC 9112 §3.2).
    case invalidHost
    /// A field contains a character that RFC 9110 §5.5 does not allow.
    case invalidField
    /// `Content-Length` is not one number (RFC 9112 §6.3).
    case invalidContentLength
    /// `Transfer-Encoding` does not end in `chunked`, repeats it, or comes with HTTP/1.0 (RFC 9112 §6.1, §6.3).
    case invalidTransferEncoding
    /// Both `Transfer-Encoding` and `Content-Length`: a sign of request smuggling (RFC 9112 §6.3).
    case ambiguousLength
    /// A transfer coding other than `chunked` (RFC 9112 §6.1).
    case unsupportedTransferEncoding
    /// An expectation other than `100-continue` (RFC 9110 §10.1.1).
    case unsupportedExpectation
    /// The body is longer than allowed.
    case bodyTooLong
    /// The chunks of the body are too short, or their extensions or the trailers too long (RFC 9112 §7.1.1).
    case excessiveChunks
    /// The request does not arrive in time (RFC 9110 §15.5.9).
    case tooSlow
    /// The client closes its side of the connection in the middle of a request.
    case incomplete

    /// The error in the answer.
    var error: OAuthError { OAuthError(.invalidRequest, message) }

    /// The status of the answer.
    var status: HTTPResponse.Status {
        switch self {
        case .unreadable, .invalidTarget, .invalidHost, .invalidField, .invalidContentLength,
            .invalidTransferEncoding, .ambiguousLength, .excessiveChunks, .incomplete:
            .badRequest
        case .tooSlow: .requestTimeout
        case .bodyTooLong: .contentTooLarge
        case .unsupportedExpectation: .expectationFailed
        case .headTooLong: .requestHeaderFieldsTooLarge
        case .unsupportedMethod, .unsupportedTransferEncoding: .notImplemented
        case .unsupportedVersion: .httpVersionNotSupported
        }
    }

    private var message: String {
        switch self {
        case .unreadable: "The request is not valid HTTP/1.1."
        case .headTooLong: "The request head is too long."
        case .unsupportedVersion: "Use HTTP/1.1."
        case .unsupportedMethod: "The method is not supported."
        case .invalidTarget: "The request target is not valid."
        case .invalidHost: "Send exactly one valid Host field."
        case .invalidField: "A header field holds a control character."
        case .invalidContentLength: "Content-Length is not valid."
        case .invalidTransferEncoding: "Transfer-Encoding is not valid."
        case .ambiguousLength: "Send either Content-Length or Transfer-Encoding."
        case .unsupportedTransferEncoding: "Use no transfer coding other than chunked."
        case .unsupportedExpectation: "Expect no more than 100-continue."
        case .bodyTooLong: "The body is too long."
        case .excessiveChunks: "Send longer chunks, without extensions and trailers."
        case .tooSlow: "The request took too long to arrive."
        case .incomplete: "The request is incomplete."
        }
    }
}
