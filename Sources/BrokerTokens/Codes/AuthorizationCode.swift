import Foundation
import IdentityBroker

/// An authorization code (RFC 6749 §4.1.2): 256 random bits, of which a store sees a digest.
struct AuthorizationCode {
    private let secret: BoundSecret

    /// A new code.
    init(_ randomness: RandomSource) {
        secret = BoundSecret(randomness)
    }

    /// Reads a code in the one form that ``text`` writes; nil for anything else.
    init?(_ presented: Secret) {
        guard let secret = BoundSecret(presented.reveal()) else { return nil }
        self.secret = secret
    }

    var text: Secret { secret.text }

    /// The id of its record.
    var recordID: RecordID { secret.recordID }
}

/// What a code is good for: one grant, for the client that asked for it.
///
/// Its record belongs to the account, the session and the consent, and ends with each of them.
struct IssuedCode: RecordBody, Codable, Hashable {
    static let recordKind: RecordKind = "authorization_code"

    /// How long a code can be redeemed.
    static let lifetime = Duration.seconds(60)
    /// How long it is remembered that a code was redeemed, so that a second use is noticed.
    static let memory = Duration.seconds(3600)

    /// The client that it is for.
    let client: String
    /// Where it was sent.
    let redirectURI: String
    /// What binds it to whoever asked for it; nil if nothing does.
    let challenge: CodeChallenge?
    let scope: ScopeList
    let audiences: [String]
    /// The instance that authenticated the person.
    let provider: String
    let login: SessionLogin
    /// What the ID token repeats.
    let nonce: String?
    let claims: ClaimsRequest
    /// The grant that it was redeemed for; nil while it can be.
    private(set) var grant: UUID?

    /// The code of a request that the person has answered.
    init(_ request: AuthenticationRequest, provider: String, login: SessionLogin) {
        client = request.client
        redirectURI = request.target.redirectURI
        challenge = request.challenge
        scope = request.scope
        audiences = request.audiences
        self.provider = provider
        self.login = login
        nonce = request.nonce
        claims = request.claims
    }

    /// The code once it has been redeemed.
    func redeemed(for grant: UUID) -> IssuedCode {
        var redeemed = self
        redeemed.grant = grant
        return redeemed
    }
}
