import BrokerSandbox

/// Why the token endpoint, or the one for pushed requests, refuses.
enum Refusal: Error, Sendable, Hashable {
    /// The request is not one of the protocol's.
    case request
    case grantType
    /// The client is another, or does not authenticate.
    case client
    /// The code is unknown or expired.
    case code
    case usedCode
    /// The redirect URI is not the one that the code was requested with.
    case redirectURI
    /// The code verifier does not fit the challenge.
    case verifier

    /// The standard's code (RFC 6749 §5.2).
    var code: String {
        switch self {
        case .request: "invalid_request"
        case .grantType: "unsupported_grant_type"
        case .client: "invalid_client"
        case .code, .usedCode, .redirectURI, .verifier: "invalid_grant"
        }
    }

    var message: String {
        switch self {
        case .request: "The request lacks a parameter, or has one twice."
        case .grantType: "The grant type is not authorization_code."
        case .client: "The client is unknown, or its authentication failed."
        case .code: "The code is unknown, or has expired."
        case .usedCode: "The code has been used."
        case .redirectURI: "The redirect URI is not the one that the code was requested with."
        case .verifier: "The code verifier does not fit the code challenge."
        }
    }

    /// The answer in the standard's form.
    var standard: VendorAnswer {
        VendorAnswer(
            status: self == .client ? 401 : 400,
            members: ["error": .text(code), "error_description": .text(message)])
    }
}

/// An answer of an endpoint, in a vendor's form.
struct VendorAnswer: Sendable, Hashable {
    let status: Int
    let members: Members
}
