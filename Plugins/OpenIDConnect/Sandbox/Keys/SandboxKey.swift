import BrokerSandbox
import Crypto
import CryptoExtras
import Foundation

/// The key that the sandbox signs ID tokens with.
struct SandboxKey: Sendable {
    private enum Material: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
    }

    /// Its name in the key set.
    static let id = "sandbox-1"

    let algorithm: SigningAlgorithm
    private let material: Material

    /// Generates a key.
    init(for algorithm: SigningAlgorithm) throws {
        self.algorithm = algorithm
        material =
            switch algorithm {
            case .rs256: .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))
            case .es256: .p256(P256.Signing.PrivateKey())
            }
    }

    /// The public key (RFC 7517 §4, RFC 7518 §6).
    func published() throws -> JSON {
        var key: Members = [
            "kid": .text(Self.id), "use": "sig", "alg": .text(algorithm.rawValue),
        ]
        switch material {
        case .rsa(let rsa):
            let numbers = try rsa.publicKey.getKeyPrimitives()
            key["kty"] = "RSA"
            key["n"] = .text(Base64URL.encode(numbers.modulus))
            key["e"] = .text(Base64URL.encode(numbers.publicExponent))
        case .p256(let p256):
            let point = p256.publicKey.rawRepresentation
            (key["kty"], key["crv"]) = ("EC", "P-256")
            key["x"] = .text(Base64URL.encode(point.prefix(32)))
            key["y"] = .text(Base64URL.encode(point.suffix(32)))
        }
        return .object(key)
    }

    /// The claims of a token that this key has signed; nil for any other.
    func verified(_ token: String) -> [String: Any]? {
        let verified = JSONWebToken.verified(token, as: algorithm) { signature, signed in
            switch material {
            case .rsa(let key):
                key.publicKey.isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: signed),
                    padding: .insecurePKCS1v1_5)
            case .p256(let key): JSONWebToken.isValid(signature, for: signed, by: key.publicKey)
            }
        }
        return verified?.header["kid"] as? String == Self.id ? verified?.claims : nil
    }

    /// Signs claims as a JWT in compact form (RFC 7515 §7.1).
    func sign(_ claims: Members) throws -> String {
        let header: JSON = ["alg": .text(algorithm.rawValue), "kid": .text(Self.id), "typ": "JWT"]
        return try JSONWebToken.compact(header, claims) { signed in
            switch material {
            case .rsa(let key):
                try key.signature(for: SHA256.hash(data: signed), padding: .insecurePKCS1v1_5).rawRepresentation
            case .p256(let key): try key.signature(for: signed).rawRepresentation
            }
        }
    }
}

/// What ID tokens are signed with (RFC 7518 §3.1).
enum SigningAlgorithm: String, Sendable, CaseIterable {
    case rs256 = "RS256"
    case es256 = "ES256"
}

/// JWTs in compact form, with swift-crypto alone.
enum JSONWebToken {
    static func compact(_ header: JSON, _ claims: Members, signature: (Data) throws -> Data) throws -> String {
        let parts = try [header, .object(claims)].map { Base64URL.encode(try $0.encoded().utf8) }
        let signed = parts.joined(separator: ".")
        return "\(signed).\(Base64URL.encode(try signature(Data(signed.utf8))))"
    }

    /// Signs claims with a shared secret (HS256).
    static func sign(_ claims: Members, secret: String) throws -> String {
        let key = SymmetricKey(data: Data(secret.utf8))
        return try compact(["alg": "HS256", "typ": "JWT"], claims) { signed in
            Data(HMAC<SHA256>.authenticationCode(for: signed, using: key))
        }
    }

    /// The header and the claims of a token that this key has signed with ES256; nil for any other.
    static func verified(
        _ token: String,
        by key: P256.Signing.PublicKey
    ) -> (header: [String: Any], claims: [String: Any])? {
        verified(token, as: .es256) { isValid($0, for: $1, by: key) }
    }

    /// The header and the claims of a token that has this algorithm and a valid signature; nil for any other.
    static func verified(
        _ token: String,
        as algorithm: SigningAlgorithm,
        isValid: (_ signature: Data, _ signed: Data) -> Bool
    ) -> (header: [String: Any], claims: [String: Any])? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]).flatMap({ JSON.members(of: $0) }),
            let claims = Base64URL.decode(parts[1]).flatMap({ JSON.members(of: $0) }),
            header["alg"] as? String == algorithm.rawValue, let signature = Base64URL.decode(parts[2]),
            isValid(signature, Data("\(parts[0]).\(parts[1])".utf8))
        else { return nil }
        return (header, claims)
    }

    static func isValid(_ signature: Data, for signed: Data, by key: P256.Signing.PublicKey) -> Bool {
        guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
        return key.isValidSignature(signature, for: signed)
    }
}
