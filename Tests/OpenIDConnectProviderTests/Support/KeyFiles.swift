import Crypto
import CryptoExtras
import Foundation
import Testing

/// A private key in a file, and its public part.
struct KeyFile: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case rsa, p256, ed25519
    }

    let path: String
    let publicKey: PublicKey

    enum PublicKey: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    /// Generated once, because it takes a while.
    private static let rsa = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    init(_ kind: Kind, in directory: URL) throws {
        let text: String
        switch kind {
        case .rsa:
            let key = try Self.rsa.get()
            (text, publicKey) = (key.pkcs8PEMRepresentation, .rsa(key.publicKey))
        case .p256:
            let key = P256.Signing.PrivateKey()
            (text, publicKey) = (key.pemRepresentation, .p256(key.publicKey))
        case .ed25519:
            let key = Curve25519.Signing.PrivateKey()
            // PKCS #8 (RFC 8410 §7), which swift-crypto does not write.
            let start: [UInt8] = [
                0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
            ]
            let code = (Data(start) + key.rawRepresentation).base64EncodedString()
            text = "-----BEGIN PRIVATE KEY-----\n\(code)\n-----END PRIVATE KEY-----\n"
            publicKey = .ed25519(key.publicKey)
        }
        path = directory.appending(path: "\(kind.rawValue).pem").path()
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// A P-256 key that is used nowhere else, with a certificate.
    static let certifiedKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4YUn9h8sN6FmYRbH
        627s7+A55PzHDkjzvPpv9a87oFuhRANCAATPA5ONLcZkRhDV18g/bB5BOqmZ3PSO
        d160knvYG7L2wlofRTvcNAi4gWm8rS40+2MezYOgv12noLShra8Qeji8
        -----END PRIVATE KEY-----
        """

    /// Its self-signed certificate, which OpenSSL made.
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBeDCCAR+gAwIBAgIUbKb4USg/2B+0T8WzKLkqWS9jdDkwCgYIKoZIzj0EAwIw
        ETEPMA0GA1UEAwwGY2xpZW50MCAXDTI2MTEzMDIwMzE1NVoYDzIxMjYxMTA2MjAz
        MTU1WjARMQ8wDQYDVQQDDAZjbGllbnQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
        AATPA5ONLcZkRhDV18g/bB5BOqmZ3PSOd160knvYG7L2wlofRTvcNAi4gWm8rS40
        +2MezYOgv12noLShra8Qeji8o1MwUTAdBgNVHQ4EFgQU+Iiqs26Ck6dC2RSR9m6c
        0RqWzwMwHwYDVR0jBBgwFoAU+Iiqs26Ck6dC2RSR9m6c0RqWzwMwDwYDVR0TAQH/
        BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB6lX8tJAQBOMQf43kTcLhdhvn/ZsdY
        RxS9lBbkj346BQIgJ36wt9AwUqNqly26Kn3P/Y2Bm/E1Ju0OV/MjbZ7IGo0=
        -----END CERTIFICATE-----
        """

    /// Runs with a directory that is removed afterwards.
    static func withDirectory(_ body: (URL) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await body(directory)
    }
}
