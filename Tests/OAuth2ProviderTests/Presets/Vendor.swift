import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON

/// How the upstream of a preset behaves, by its documentation.
struct Vendor: Sendable {
    typealias Person = ProviderConformance.Person

    /// Where a request has the client's id and secret.
    enum ClientPlace: Sendable {
        case basic
        case form(id: String)
        case query(id: String)
        case publicForm
    }

    /// Where a request has the user's token.
    enum TokenPlace: Sendable {
        case header(String)
        case query
        case form
    }

    let preset: OAuth2Preset
    /// Whether it has PKCE.
    var usesPKCE: Bool
    var client: ClientPlace
    /// What the authorization request has besides what every one has.
    var authorization: [String: String]
    /// What comes back beside code and state.
    var callback: [String: String] = [:]
    /// What the request that redeems the code has besides what every one has; `*` stands for any value.
    var tokenParameters: [String: String] = [:]
    var token: TokenPlace
    /// What the request for the record has besides the token; `*` stands for any value.
    var profileMethod = "GET"
    var profileParameters: [String: String] = [:]
    /// The parameter of the request for the record that has the proof of the client's secret.
    var proofName: String?
    /// Its id of a person.
    var id: @Sendable (Person) -> JSONValue
    /// Its answers, with the id in them.
    var tokens: @Sendable (_ token: String, _ id: JSONValue) -> JSONValue = { token, _ in
        ["access_token": .string(token), "token_type": "bearer", "expires_in": 3600]
    }
    var profile: @Sendable (Person, _ id: JSONValue?) -> JSONValue
    var emails: (@Sendable (Person) -> JSONValue)?
    /// Which answers have the id.
    var idIsInTokens = false
    var idIsInProfile = true
    /// The identity that it makes.
    var subject: @Sendable (Person) -> String
    var claims: @Sendable (Person) -> Claims
    var attributes: JSONObject = [:]
    var refusals: [UpstreamRefusal]

    /// A refusal in the form of RFC 6749 §5.2.
    static func refusal(
        _ code: String,
        _ kind: BrokerError.Kind,
        status: Int = 400,
        to request: Int = 1
    ) -> UpstreamRefusal {
        refusal(code, kind, status: status, to: request) { message in
            ["error": .string(code), "error_description": .string(message)]
        }
    }

    /// A refusal in a form of the vendor's own.
    static func refusal(
        _ code: String,
        _ kind: BrokerError.Kind,
        status: Int,
        to request: Int = 1,
        answer: @escaping @Sendable (_ message: String) -> JSONObject
    ) -> UpstreamRefusal {
        UpstreamRefusal("\(code), status \(status)", means: kind, code: code, to: request) {
            .json(.object(answer($0)), status: status)
        }
    }

    /// The standard's own.
    static let standardRefusals = [
        refusal("invalid_grant", .invalidCredential), refusal("invalid_client", .misconfigured, status: 401),
        refusal("invalid_scope", .misconfigured), refusal("temporarily_unavailable", .upstreamUnavailable),
        refusal("a_code_of_later", .upstreamMisbehaved),
    ]

    /// A whole number.
    static let number: @Sendable (Person) -> JSONValue = { .integer($0.number) }
    /// The same as text.
    static let text: @Sendable (Person) -> JSONValue = { .string("\($0.number)") }

    static func address(_ text: String, verified: Bool?) -> Contact<EmailAddress>? {
        EmailAddress(text).map { Contact($0, verified: verified.map(JSONValue.bool)) }
    }
}

extension JSONObject {
    /// The same with a member, or without it, for nil.
    func with(_ name: String, _ value: JSONValue?) -> JSONObject {
        var copy = self
        copy[name] = value
        return copy
    }
}
