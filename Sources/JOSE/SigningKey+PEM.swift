import Crypto
import CryptoExtras
import Foundation

extension SigningKey {
    /// Why a text is no key. Contains nothing of the text.
    public enum PEMFault: String, Error, Sendable {
        case malformed = "it is not an unencrypted private key in PEM form (PKCS #8)"
        case unsupported = "it is neither RSA of 2048 bits or more, nor P-256, P-384, P-521 or Ed25519"
        case otherAlgorithm = "it does not sign with that algorithm"
    }

    /// Reads a private key in PEM form: PKCS #8 (RFC 5958), or what OpenSSL writes for RSA and elliptic curves.
    ///
    /// - Parameters:
    ///   - text: The PEM text, with one key in it.
    ///   - algorithm: What it signs with; nil for the one of its curve, or RS256 for an RSA key.
    /// - Throws: ``PEMFault``.
    public init(pem text: String, for algorithm: SignatureAlgorithm? = nil) throws(PEMFault) {
        guard let document = PEMDocument(text, where: { $0.hasSuffix("PRIVATE KEY") }),
            document.label != "ENCRYPTED PRIVATE KEY"
        else { throw .malformed }
        guard let (material, algorithms) = Self.material(of: document) else { throw .unsupported }
        guard let chosen = algorithm ?? algorithms.first, algorithms.contains(chosen) else { throw .otherAlgorithm }
        guard let key = try? SigningKey(material, chosen) else { throw .unsupported }
        self = key
    }

    /// The key, and what it can sign with, the usual algorithm first.
    private static func material(of document: PEMDocument) -> (Material, [SignatureAlgorithm])? {
        let text = document.text
        if let key = try? P256.Signing.PrivateKey(pemRepresentation: text) { return (.p256(key), [.es256]) }
        if let key = try? P384.Signing.PrivateKey(pemRepresentation: text) { return (.p384(key), [.es384]) }
        if let key = try? P521.Signing.PrivateKey(pemRepresentation: text) { return (.p521(key), [.es512]) }
        if let seed = ed25519Seed(in: document), let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) {
            return (.ed25519(key), [.edDSA])
        }
        if let key = try? _RSA.Signing.PrivateKey(pemRepresentation: text) {
            return (.rsa(key), [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512])
        }
        return nil
    }

    /// The seed in the PKCS #8 of an Ed25519 key (RFC 8410 §7), without or with its public key. swift-crypto reads none.
    private static func ed25519Seed(in document: PEMDocument) -> ArraySlice<UInt8>? {
        let algorithm: [UInt8] = [0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]
        let bytes = document.bytes
        let beginnings: [[UInt8]] = [[0x30, 0x2E, 0x02, 0x01, 0x00], [0x30, 0x51, 0x02, 0x01, 0x01]]
        guard document.label == "PRIVATE KEY",
            let start = beginnings.first(where: { bytes.starts(with: $0 + algorithm) }),
            bytes.count == Int(start[1]) + 2
        else { return nil }
        return bytes.dropFirst(start.count + algorithm.count).prefix(32)
    }
}
