import BrokerTokens
import HTTPTypes
import IdentityBroker

extension OAuthError {
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
