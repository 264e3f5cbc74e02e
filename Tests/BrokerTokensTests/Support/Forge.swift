import BrokerTesting
import Crypto
import CryptoExtras
import Foundation
import IdentityBroker
import StrictJSON

@testable import BrokerTokens
@testable import JOSE

/// Makes any kind of token from a genuine key, valid and invalid.
struct Forge {
    let key: TokenSigningKey
    let now: Date

    /// The claims that an access token of the bench has.
    var claims: JSONObject {
        let now = Int64(now.timeIntervalSince1970)
        return [
            "iss": .string(TokenBench.issuer), "sub": "00000000-0000-4000-8000-000000000001",
            "aud": .string(TokenBench.audience), "client_id": "web", "jti": "token-1",
            "sid": "00000000-0000-4000-8000-000000000002", "iat": .integer(now), "exp": .integer(now + 600),
            "auth_time": .integer(now), "scope": "openid",
        ]
    }

    /// A verifier that accepts only the key's tokens.
    func verifier(by clock: TestClock) throws -> AccessTokenVerifier {
        try AccessTokenVerifier(
            issuer: TokenBench.issuer, jwks: keySet(of: [key]),
            clock: BrokerClock(clock, now: clock.wallClock))
    }

    /// The header that a token of the key has.
    func header(type: String = "at+jwt", algorithm: String? = nil) -> JSONObject {
        [
            "typ": .string(type), "alg": .string(algorithm ?? key.algorithm.rawValue),
            "kid": .string(key.id),
        ]
    }

    /// A token signed as the key signs, whatever its header says.
    func token(
        _ claims: JSONObject? = nil,
        header: JSONObject? = nil
    ) throws -> String {
        try token(header ?? self.header(), payload: json(claims ?? self.claims)) { try key.signature(for: $0) }
    }

    /// A token with any payload and signature.
    func token<Signature: Collection<UInt8>>(
        _ header: JSONObject,
        payload: Data,
        signature: ([UInt8]) throws -> Signature
    ) throws -> String {
        let signed = try "\(Base64URL.encode(json(header))).\(Base64URL.encode(payload))"
        return try "\(signed).\(Base64URL.encode(signature(Array(signed.utf8))))"
    }

    /// An HMAC keyed with the public key.
    func hash(_ bytes: [UInt8], keyedWith publicKey: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: publicKey)))
    }

    /// The public key in its public forms: PEM and JSON.
    func publicKeys() throws -> [Data] {
        let pem =
            switch key.algorithm {
            case .es256: try P256.Signing.PrivateKey(rawRepresentation: key.representation).publicKey.pemRepresentation
            case .rs256: try rsaKey().publicKey.pemRepresentation
            }
        return [Data(pem.utf8), try json(key.verificationKey.webKey.members)]
    }

    func rsaKey() throws -> _RSA.Signing.PrivateKey {
        try _RSA.Signing.PrivateKey(derRepresentation: key.representation)
    }
}

/// The public parts of keys, as a key set has them.
func keySet(of keys: [TokenSigningKey]) -> Data {
    Data(JSONWebKeySet(keys.map(\.verificationKey.webKey)).document)
}

extension TokenSigningKey {
    /// A signature over any bytes, in the form of RFC 7518 §3.3 or §3.4.
    func signature(for bytes: [UInt8]) throws -> [UInt8] {
        try SigningKey(algorithm.signature, representation: representation).signature(for: bytes)
    }

    /// RSA keys take long to make, so the tests share two.
    static let sharedRSA: [TokenSigningKey] = (0..<2).compactMap { _ in try? TokenSigningKey.generate(for: .rs256) }
}

/// A value as Foundation writes it, which shares no code with the reader under test.
func json(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
}
