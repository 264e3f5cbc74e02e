import Crypto
import NIOSSL
import SwiftASN1

/// A server's certificate with its private key, in memory only.
public struct ServerCertificate: Sendable {
    private let certificate: [UInt8]
    private let privateKey: P256.Signing.PrivateKey

    init(derEncoded certificate: [UInt8], privateKey: P256.Signing.PrivateKey) {
        self.certificate = certificate
        self.privateKey = privateKey
    }

    /// The certificate as PEM (RFC 7468), for other server implementations.
    package var certificatePEM: String { PEMDocument(type: "CERTIFICATE", derBytes: certificate).pemString + "\n" }

    /// The key as PEM.
    package var privateKeyPEM: String { privateKey.pemRepresentation + "\n" }

    func nioCertificate() throws -> NIOSSLCertificate {
        try NIOSSLCertificate(bytes: certificate, format: .der)
    }

    func nioPrivateKey() throws -> NIOSSLPrivateKey {
        try NIOSSLPrivateKey(bytes: Array(privateKey.derRepresentation), format: .der)
    }
}
