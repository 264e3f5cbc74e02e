import Crypto
import JOSE

public import Foundation

/// One redirect login, from when the user's browser leaves for the upstream until it returns.
///
/// ``Broker/beginRedirect(_:returningTo:)`` makes it. The app keeps it where only this browser's session can find it
/// (RFC 6749 §10.12), hands it back with the upstream's answer in ``Credential/callback(_:of:by:)``, and forgets it.
public struct RedirectFlow: Sendable {
    /// The instance that the login began with. It must end there: another upstream's answer is refused (RFC 9700 §4.4,
    /// mix-up).
    public let provider: ProviderID
    /// Where the upstream sends the browser back to.
    public let redirectURI: String
    /// 256 random bits that the upstream must return, as 64 letters and digits, since some upstreams accept nothing
    /// else.
    public let state: Secret
    /// 256 random bits that an ID token must contain (OpenID Connect Core §3.1.2.1).
    public let nonce: Secret
    /// The proof that the code is redeemed by the party that requested it (RFC 7636).
    public let codeVerifier: Secret
    /// When the upstream's answer is no longer accepted.
    public let expiry: Date

    /// Whether an answer with a code must name its issuer (RFC 9207).
    var isIssuerExpected = false

    /// The code challenge of method `S256`: what the upstream sees of ``codeVerifier`` (RFC 7636 §4.2).
    public var codeChallenge: String { Base64URL.encode(SHA256.hash(data: codeVerifier.revealBytes())) }

    init(provider: ProviderID, redirectURI: String, expiry: Date, randomness: RandomSource) {
        self.provider = provider
        self.redirectURI = redirectURI
        self.expiry = expiry
        state = Secret(randomness.bytes(32).hexadecimal)
        nonce = Secret(Base64URL.encode(randomness.bytes(32)))
        codeVerifier = Secret(Base64URL.encode(randomness.bytes(32)))
    }

    var secrets: [Secret] { [state, nonce, codeVerifier] }
}
