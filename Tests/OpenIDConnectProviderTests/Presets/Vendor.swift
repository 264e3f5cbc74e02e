import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

/// How the provider of a preset behaves, by its documentation.
struct Vendor: Sendable {
    typealias Person = ProviderConformance.Person

    let preset: OpenIDConnectPreset
    var clientId = "client-of-the-kit"
    /// The settings besides client and secret, for an upstream at this base URL.
    var settings: @Sendable (_ baseURL: String) -> [String] = { ["issuer: \($0)"] }
    /// The setting of the secret.
    var secretSetting = "clientSecret"
    /// Where its discovery document is, before `/.well-known`.
    var path = ""
    /// What discovery document and ID tokens call the issuer, after the base URL.
    var documentIssuer = ""
    var tokenIssuer = ""
    /// What ID tokens call it, where that is none of its addresses.
    var issuerAlias: String?
    /// The issuer of its users, at an instance with this one.
    var identityIssuer: @Sendable (_ issuer: String) -> String = { $0 }
    /// The key that it signs with, and another of the same kind.
    var key = TestKeys.rsa
    var otherKey = TestKeys.otherRSA
    /// What it says of itself besides endpoints.
    var document: JSONObject = [:]
    var usesPKCE = true
    var sendsNonce = true
    var asksUserInfo = false
    /// Whether the client authenticates in the body, rather than by Basic.
    var authenticatesInBody = true
    /// Whether the client's secret is right.
    var acceptsSecret: @Sendable (_ secret: String, _ baseURL: String) -> Bool = { secret, _ in
        secret == VendorFixture.clientSecret
    }
    /// Whether the request for the browser, and the one for tokens, have what it needs.
    var acceptsRequest: @Sendable ([String: String]) -> Bool = { _ in true }
    var acceptsTokenRequest: @Sendable ([String: String]) -> Bool = { _ in true }
    /// Its id of a person, and the claims of the ID token that have it.
    var subject: @Sendable (Person) -> String = { "\($0.number)" }
    var subjectClaims = ["sub"]
    /// The claims of an ID token and of userinfo, besides those.
    var claims: @Sendable (Person) -> JSONObject = { _ in [:] }
    var userInfo: @Sendable (Person) -> JSONObject = { _ in [:] }
    /// What an answer with tokens has besides them.
    var tokens: JSONObject = ["token_type": "Bearer", "expires_in": 3600]
    /// What is posted beside code and state.
    var posted: (@Sendable (Person) -> [String: String])?
    /// The subject of the identity.
    var expectedSubject: @Sendable (Person) -> String = { "\($0.number)" }
    var expectedClaims: @Sendable (Person) -> Claims
    var attributes: JSONObject = [:]
    var refusals: [UpstreamRefusal]

    /// A refusal in the form of RFC 6749 §5.2, with members of the vendor's own.
    static func refusal(
        _ code: String,
        _ kind: BrokerError.Kind,
        status: Int = 400,
        to request: Int = 1,
        _ more: JSONObject = [:]
    ) -> UpstreamRefusal {
        UpstreamRefusal(
            "\(code), status \(status)", means: kind, code: code, to: request
        ) { message in
            var answer: JSONObject = ["error": .string(code), "error_description": .string(message)]
            for member in more { answer[member.name] = member.value }
            return .json(.object(answer), status: status)
        }
    }

    /// A refusal in a form of the vendor's own.
    static func refusal(
        _ name: String,
        _ kind: BrokerError.Kind,
        status: Int,
        to request: Int = 1,
        answer: @escaping @Sendable (_ message: JSONValue) -> JSONObject
    ) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, to: request) { .json(.object(answer(.string($0))), status: status) }
    }

    /// The standard's own.
    static let standardRefusals = [
        refusal("invalid_grant", .invalidCredential), refusal("invalid_client", .misconfigured, status: 401),
    ]

    /// Name, picture and address, as most have them.
    static func profile(of person: Person, saysVerified: Bool = true) -> JSONObject {
        var claims: JSONObject = [
            "name": .string(person.name), "picture": .string(person.picture), "email": .string(person.email),
        ]
        if saysVerified { claims["email_verified"] = person.isEmailVerified.map(JSONValue.bool) }
        return claims
    }

    static func expectedProfile(of person: Person, saysVerified: Bool = true) -> Claims {
        var claims = Claims()
        claims.name = person.name
        claims.picture = person.picture
        claims.email = EmailAddress(person.email).map {
            saysVerified ? .verified(Verified($0)) : .asserted(Asserted($0), isKnownUnverified: false)
        }
        return claims
    }
}
