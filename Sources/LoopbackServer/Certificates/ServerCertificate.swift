import Crypto
import NIOSSL

/// A server's certificate with its private key, in memory only.
public struct ServerCertificate: Sendable {
    private let certificate: [UInt8]
    private let privateKey: P256.Signing.PrivateKey

    init(derEncoded certificate: [UInt8], privateKey: P256.Signing.PrivateKey) {
        self.certificate = certificate
        self.privateKey = privateKey
    }

    func nioCertificate() throws -> NIOSSLCertificate {
        try NIOSSLCertificate(bytes: certificate, format: .der)
    }

    func nioPrivateKey() throws -> NIOSSLPrivateKey {
        try NIOSSLPrivateKey(bytes: Array(privateKey.derRepresentation), format: .der)
    }
}
