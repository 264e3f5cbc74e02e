import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Response {
    /// What a request is answered that is refused before anything looks at what it asks for.
    init(_ refusal: RequestRefusal) {
        self.init(refusal.error, status: refusal.status)
    }

    /// An error as in RFC 6749 §5.2, with the broker's own kind added.
    ///
    /// - Parameters:
    ///   - status: The status, where it is not the error's own.
    ///   - challenge: How the client is asked to authenticate, where it is.
    init(_ error: OAuthError, status: HTTPResponse.Status? = nil, challenge: Challenge? = nil) {
        var headers = HTTPFields()
        if let wait = error.retryAfter {
            // Whole seconds, rounded up: a client that comes a moment early is refused again.
            headers[.retryAfter] = "\(max(1, Int((wait / .seconds(1)).rounded(.up))))"
        }
        if let challenge, challenge.belongs(to: error) {
            headers[.wwwAuthenticate] = challenge.text(for: error)
        }
        self.init(status: status ?? error.status, json: error.json, headers: headers)
    }
}

/// How a client is asked to authenticate (RFC 9110 §11.6.1).
enum Challenge: Sendable {
    /// A client's own credentials (RFC 6749 §5.2).
    case basic
    /// An access token (RFC 6750 §3), for the scopes that it needs, if any.
    case bearer(scope: String?)

    /// Whether an answer with this error says how to authenticate.
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
        // A request without a token is told of none (RFC 6750 §3.1). The message holds no quotes.
        case .bearer where error.isAboutMissingToken: #"Bearer realm="identity-broker""#
        case .bearer(let scope?) where error.code == .insufficientScope:
            #"Bearer realm="identity-broker", error="\#(error.code.rawValue)", scope="\#(scope)""#
        case .bearer: #"Bearer realm="identity-broker", error="\#(error.code.rawValue)""#
        }
    }
}

extension OAuthError {
    /// A request for a protected resource that carries no token.
    static let missingToken = OAuthError(.invalidToken, "The request carries no access token.")

    fileprivate var isAboutMissingToken: Bool { self == .missingToken }

    /// The body of the answer. Its members are words and plain ASCII, which RFC 6749 §5.2 keeps free of quotes and
    /// backslashes.
    var json: Data {
        let kind = kind.map { #","kind":"\#($0.rawValue)""# } ?? ""
        return Data(#"{"error":"\#(code.rawValue)","error_description":"\#(message)"\#(kind)}"#.utf8)
    }
}
