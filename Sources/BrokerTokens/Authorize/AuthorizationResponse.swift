import IdentityBroker

/// How an answer reaches the client (OAuth 2.0 Multiple Response Type Encoding Practices §2.1).
package enum ResponseMode: String, Sendable, Hashable, Codable {
    /// In the query of the redirect URI.
    case query
    /// In the body of a `POST` that the browser makes (OAuth 2.0 Form Post Response Mode §2).
    case formPost = "form_post"
}

/// Where the answer to a request goes: a redirect URI that the client has registered.
struct ResponseTarget: Hashable, Codable {
    let redirectURI: String
    let mode: ResponseMode
    /// `state`, as received.
    let state: String?
}

/// The answer to an authorization request, for the client (RFC 6749 §4.1.2). It names its issuer, so that a client which
/// uses several cannot mix them up (RFC 9207 §2).
package struct AuthorizationResponse: Sendable {
    /// Where it goes.
    package let redirectURI: String
    /// How it gets there.
    package let mode: ResponseMode
    /// The parameters, in order.
    package let parameters: [(name: String, value: String)]

    /// An answer with a code.
    init(code: AuthorizationCode, to target: ResponseTarget, from issuer: String) {
        self.init([("code", code.text.reveal())], to: target, from: issuer)
    }

    /// An answer with an error (RFC 6749 §4.1.2.1).
    init(_ error: OAuthError, to target: ResponseTarget, from issuer: String) {
        self.init([("error", error.code.rawValue), ("error_description", error.message)], to: target, from: issuer)
    }

    /// An answer that was kept.
    init(_ redirectURI: String, _ mode: ResponseMode, _ parameters: [(name: String, value: String)]) {
        (self.redirectURI, self.mode, self.parameters) = (redirectURI, mode, parameters)
    }

    private init(_ outcome: [(name: String, value: String)], to target: ResponseTarget, from issuer: String) {
        redirectURI = target.redirectURI
        mode = target.mode
        parameters = outcome + (target.state.map { [("state", $0)] } ?? []) + [("iss", issuer)]
    }

    /// The redirect URI with the parameters in its query, beside those that it has (RFC 6749 §3.1.2): for
    /// ``ResponseMode/query``.
    package var location: String { redirectURI.appendingQuery(parameters) }
}

extension AuthorizationResponse: CustomReflectable {
    /// A mirror without children: it may contain a code.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension String {
    /// The URI with parameters in its query, beside those that it has (RFC 6749 §3.1.2).
    func appendingQuery(_ parameters: [(name: String, value: String)]) -> String {
        let separator =
            switch utf8.last {
            case UInt8(ascii: "?"), UInt8(ascii: "&"): ""
            default: utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
            }
        return self + separator + parameters.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}

/// Why an authorization request is not carried out, and who learns of it.
package enum AuthorizationRefusal: Error {
    /// The person, on a page of ours: the client, or where to answer it, is not proven.
    case page(OAuthError)
    /// The client.
    case client(AuthorizationResponse, OAuthError)
}
