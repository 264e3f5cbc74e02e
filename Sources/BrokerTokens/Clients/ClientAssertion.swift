import Foundation
import IdentityBroker
import JOSE
import StrictJSON

/// A signed statement by which a client authenticates: `private_key_jwt` (RFC 7523 §3, OpenID Connect Core §9).
package struct ClientAssertion {
    /// `client_assertion_type`.
    package static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// The algorithms that it may be signed with, as it names them.
    package static var algorithms: [String] { SignatureAlgorithm.asymmetric.map(\.rawValue).sorted() }

    /// How far the clocks may be apart.
    static let skew = Duration.seconds(30)
    /// How long before it expires it may be presented: its id is remembered until then.
    static let longestLife = Duration.seconds(600)
    private static let longestID = 255

    /// The client that it names: `iss` and `sub`.
    let client: String
    /// `jti`.
    let id: String
    /// `exp`.
    let expiry: Date
    private let audience: JSONValue
    private let start: Date?
    private let issued: Date?
    private let token: CompactJWS

    private static let reader = JSONReader(
        limits: .init(maximumBytes: 8 * 1024, maximumDepth: 8), allowsByteOrderMark: false)

    /// Reads an assertion, without trusting it; nil if it lacks something that it must have.
    init?(_ text: Secret) {
        guard let token = try? CompactJWS(text.reveal(), mostBytes: 8 * 1024),
            let claims = (try? Self.reader.read(token.payload))?.object,
            let issuer = claims.text("iss"), let subject = claims.text("sub"), issuer.utf8.elementsEqual(subject.utf8),
            let id = claims.text("jti"), id.utf8.count <= Self.longestID, let expiry = claims.time("exp"),
            let audience = claims["aud"],
            // A restriction that cannot be read must not count as no restriction.
            ["nbf", "iat"].allSatisfy({ claims[$0] == nil || claims.time($0) != nil })
        else { return nil }
        (self.client, self.id, self.expiry, self.audience, self.token) = (subject, id, expiry, audience, token)
        (start, issued) = (claims.time("nbf"), claims.time("iat"))
    }

    /// Whether it is signed by one of the client's keys, meant for us, and of now.
    ///
    /// The audience is our issuer and nothing else: with an array, or the address of an endpoint, another server could
    /// present to us what it was given (CVE-2025-27370).
    ///
    /// - Returns: The thumbprint of the key; nil if it does not hold.
    func key(of keys: JSONWebKeySet, for issuer: String, at now: Date) -> String? {
        guard audience.string.map({ $0.utf8.elementsEqual(issuer.utf8) }) == true,
            now < expiry + Self.skew, expiry <= now + Self.longestLife + Self.skew,
            start.map({ $0 <= now + Self.skew }) ?? true, issued.map({ $0 <= now + Self.skew }) ?? true
        else { return nil }
        for key in keys.keys {
            let candidates = JSONWebKeySet([key])
            let isSigner =
                (try? token.verify(allowing: SignatureAlgorithm.asymmetric) { id, algorithm in
                    candidates.candidates(id: id, algorithm: algorithm, issuer: client)
                }) != nil
            if isSigner { return key.thumbprint }
        }
        return nil
    }
}

/// The id of an assertion that was presented: it is good once (RFC 7523 §3, 7).
struct PresentedAssertion: RecordBody, Codable {
    static let recordKind: RecordKind = "client_assertion"

    /// The record that says so. It outlives the assertion by an hour, for clocks that are wrong.
    static func record(of assertion: ClientAssertion) -> Record<PresentedAssertion> {
        Record(
            PresentedAssertion(),
            id: RecordID(digestOf: Array(assertion.client.utf8), Array(assertion.id.utf8)),
            expiry: assertion.expiry + ClientAssertion.skew + .seconds(3600))
    }
}
