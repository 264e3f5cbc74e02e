import BrokerSandbox

/// Why the token endpoint refuses.
enum TokenRefusal: Error, Sendable, Hashable, CaseIterable {
    /// The request is not one of the protocol's.
    case request
    case grantType
    /// The client is another.
    case client
    /// Client authentication failed (RFC 6749 §2.3).
    case secret
    /// The code is unknown or expired.
    case code
    case usedCode
    /// The redirect URI is not the one that the code was requested with.
    case redirectURI
    /// The code verifier does not fit the challenge.
    case verifier
    /// What came with the code, and belongs to it, is missing or another.
    case carried

    /// The standard's code (RFC 6749 §5.2).
    var code: String {
        switch self {
        case .request, .carried: "invalid_request"
        case .grantType: "unsupported_grant_type"
        case .client, .secret: "invalid_client"
        case .code, .usedCode, .redirectURI, .verifier: "invalid_grant"
        }
    }

    var message: String {
        switch self {
        case .request: "The request lacks a parameter, has one twice, or has another method or content type."
        case .grantType: "The grant type is not authorization_code."
        case .client: "The client is unknown."
        case .secret: "Client authentication failed."
        case .code: "The code is unknown, or has expired."
        case .usedCode: "The code has been used."
        case .redirectURI: "The redirect URI is not the one that the code was requested with."
        case .verifier: "The code verifier does not fit the code challenge."
        case .carried: "A parameter that came with the code is missing, or another."
        }
    }

    /// The answer in the standard's form.
    var standard: VendorAnswer { answer() }

    /// An answer with this status, or the standard's, and these members besides the standard's.
    func answer(status: Int? = nil, _ members: Members = [:]) -> VendorAnswer {
        let standard: Members = ["error": .text(code), "error_description": .text(message)]
        return VendorAnswer(
            status: status ?? (code == "invalid_client" ? 401 : 400), contents: .object(standard.with(members)))
    }
}

/// Why an endpoint of the API refuses.
enum RecordRefusal: Error, Sendable, Hashable, CaseIterable {
    /// The request lacks a parameter or a field, or has another method.
    case request
    /// There is no access token where it belongs, or it is unknown, expired or withdrawn.
    case token
    /// The person did not agree to a scope that it takes.
    case scope
    /// The proof of the client's secret is missing or wrong.
    case proof

    /// The standard's code (RFC 6750 §3.1).
    var code: String {
        switch self {
        case .request, .proof: "invalid_request"
        case .token: "invalid_token"
        case .scope: "insufficient_scope"
        }
    }

    var message: String {
        switch self {
        case .request: "The request lacks a parameter or a field, or has another method."
        case .token: "The access token is missing, unknown, or has expired."
        case .scope: "The access token has too few scopes."
        case .proof: "The proof of the client's secret is missing or wrong."
        }
    }

    /// The status of the standard.
    var status: Int {
        switch self {
        case .request, .proof: 400
        case .token: 401
        case .scope: 403
        }
    }

    /// The answer in the standard's words.
    var standard: VendorAnswer {
        VendorAnswer(
            status: status, contents: ["error": .text(code), "error_description": .text(message)])
    }
}

/// An answer of an endpoint, in a vendor's form.
struct VendorAnswer: Sendable, Hashable {
    let status: Int
    let contents: JSON
    var format = AnswerFormat.json
}

/// How the contents of an answer are written.
enum AnswerFormat: Sendable, Hashable {
    case json
    /// As a form, with the members for parameters.
    case form
}
