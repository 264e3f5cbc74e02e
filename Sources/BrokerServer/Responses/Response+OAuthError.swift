import BrokerTokens
import Foundation
import HTTPTypes
import Hummingbird
import IdentityBroker
import StrictJSON

extension Response {
    /// The answer to a request that is refused before its content is examined.
    init(_ refusal: RequestRefusal) {
        self.init(refusal.error, status: refusal.status)
    }

    /// An error in the form of RFC 6749 §5.2, with the broker's own kind added.
    ///
    /// - Parameters:
    ///   - status: The status, if not the error's own.
    ///   - challenge: The authentication challenge for clients, if any.
    init(_ error: OAuthError, status: HTTPResponse.Status? = nil, challenge: Challenge? = nil) {
        var headers = HTTPFields()
        if let wait = error.retryAfter {
            // Whole seconds, rounded up: a client that retries a moment early is refused again.
            headers[.retryAfter] = "\(max(1, Int((wait / .seconds(1)).rounded(.up))))"
        }
        if let challenge, challenge.belongs(to: error) {
            headers[.wwwAuthenticate] = challenge.text(for: error)
        }
        self.init(status: status ?? error.status, json: error.json, headers: headers)
    }
}

/// An authentication challenge (RFC 9110 §11.6.1).
enum Challenge: Sendable {
    /// A client's own credentials (RFC 6749 §5.2).
    case basic
    /// An access token (RFC 6750 §3), for the required scopes, if any.
    case bearer(scope: String?)

    /// Whether an answer with this error includes the challenge.
    func belongs(to error: OAuthError) -> Bool {
        switch self {
        case .basic: error.status == .unauthorized
        // RFC 6750 §3.1: these three are about the token, whatever their status.
        case .bearer:
            error.status == .unauthorized || error.code == .insufficientScope || error.code == .invalidRequest
        }
    }

    func text(for error: OAuthError) -> String {
        switch self {
        case .basic: #"Basic realm="identity-broker", charset="UTF-8""#
        // A request without a token gets no error code (RFC 6750 §3.1). The message contains no quotes.
        case .bearer where error.isAboutMissingToken: #"Bearer realm="identity-broker""#
        case .bearer(let scope?) where error.code == .insufficientScope:
            #"Bearer realm="identity-broker", error="\#(error.code.rawValue)", scope="\#(scope)""#
        case .bearer: #"Bearer realm="identity-broker", error="\#(error.code.rawValue)""#
        }
    }
}

extension OAuthError {
    /// A request for a protected resource without a token.
    static let missingToken = OAuthError(.invalidToken, "The request carries no access token.")

    fileprivate var isAboutMissingToken: Bool { self == .missingToken }

    /// The body of the answer.
    var json: Data {
        var members: JSONObject = ["error": .string(code.rawValue), "error_description": .string(message)]
        members["kind"] = kind.map { .string($0.rawValue) }
        members["credential"] = credential.map { .string($0.rawValue) }
        return Data(members.jsonBytes)
    }

    /// The status of an answer with this error (RFC 6749 §5.2, RFC 6750 §3.1; beyond these, RFC 9110 §15 and RFC 6585 §4).
    var status: HTTPResponse.Status {
        switch kind {
        case .rateLimited: return .tooManyRequests
        case .upstreamMisbehaved: return .badGateway
        default: break
        }
        switch code {
        case .invalidClient, .invalidToken: return .unauthorized
        case .insufficientScope: return .forbidden
        case .serverError: return .internalServerError
        case .temporarilyUnavailable: return .serviceUnavailable
        default: return .badRequest
        }
    }
}
