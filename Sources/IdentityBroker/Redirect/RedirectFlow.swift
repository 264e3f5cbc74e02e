import Crypto
public import Foundation
import JOSE
import StrictJSON

/// One redirect login, from when the user's browser leaves for the upstream until it returns.
///
/// ``Broker/beginRedirect(_:returningTo:)`` makes it. The app keeps it where only this browser's session can find it
/// (RFC 6749 §10.12), hands it back with the upstream's answer in ``Credential/callback(_:of:by:)``, and forgets it.
///
/// One code completes a flow: the first that comes with its ``state``. The store that reserves credentials remembers that
/// for all processes, and any other code is refused as ``BrokerError/Kind/credentialAlreadyUsed``.
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

extension RedirectFlow {
    /// The flow as text, for a session store that outlives the process. Anyone who has it can complete this login.
    public var stored: Secret {
        let members: JSONObject = [
            "provider": .string(provider.rawValue),
            "redirectURI": .string(redirectURI),
            "state": .string(state.reveal()),
            "nonce": .string(nonce.reveal()),
            "codeVerifier": .string(codeVerifier.reveal()),
            "expiry": .double(expiry.timeIntervalSince1970),
            "isIssuerExpected": .bool(isIssuerExpected),
        ]
        return Secret(members.json)
    }

    /// The flow that was stored. Returns nil for any other text.
    public init?(stored: Secret) {
        guard let members = (try? JSONReader().read(stored.revealBytes()))?.object,
            let provider = members["provider"]?.string.flatMap({ ProviderID($0) }),
            let redirectURI = members["redirectURI"]?.string, let state = members["state"]?.string,
            let nonce = members["nonce"]?.string, let codeVerifier = members["codeVerifier"]?.string,
            let expiry = members["expiry"]?.double, let isIssuerExpected = members["isIssuerExpected"]?.bool
        else { return nil }
        self.provider = provider
        self.redirectURI = redirectURI
        self.state = Secret(state)
        self.nonce = Secret(nonce)
        self.codeVerifier = Secret(codeVerifier)
        self.expiry = Date(timeIntervalSince1970: expiry)
        self.isIssuerExpected = isIssuerExpected
    }
}
