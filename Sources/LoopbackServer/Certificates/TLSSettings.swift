import Crypto
import NIOCore
import NIOSSL
import SwiftASN1

/// How the server uses TLS.
public struct TLSSettings: Sendable {
    /// The certificate that it presents.
    public var certificate: ServerCertificate

    /// The versions it offers.
    public var versions: ClosedRange<TLSVersion>

    /// Makes settings, by default for TLS 1.2 and 1.3.
    public init(certificate: ServerCertificate, versions: ClosedRange<TLSVersion> = .v1_2 ... .v1_3) {
        self.certificate = certificate
        self.versions = versions
    }

    func makeContext() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try certificate.nioCertificate())],
            privateKey: .privateKey(try certificate.nioPrivateKey())
        )
        configuration.minimumTLSVersion = versions.lowerBound.nio
        configuration.maximumTLSVersion = versions.upperBound.nio
        configuration.applicationProtocols = ["http/1.1"]
        // Like most servers: send close_notify and close, without waiting for the peer's (RFC 8446 §6.1 allows it).
        configuration.shutdownTimeout = .zero
        return try NIOSSLContext(configuration: configuration)
    }
}

/// A version of TLS that the server can be limited to.
public enum TLSVersion: Int, Sendable, Comparable {
    /// TLS 1.0, which RFC 8996 forbids; here to prove that a client refuses it.
    case v1_0
    /// TLS 1.1, which RFC 8996 forbids; here to prove that a client refuses it.
    case v1_1
    /// TLS 1.2.
    case v1_2
    /// TLS 1.3.
    case v1_3

    /// Orders versions from old to new.
    public static func < (lhs: TLSVersion, rhs: TLSVersion) -> Bool {
        lhs.rawValue < rhs.rawValue
    }

    var nio: NIOSSL.TLSVersion {
        switch self {
        case .v1_0: .tlsv1
        case .v1_1: .tlsv11
        case .v1_2: .tlsv12
        case .v1_3: .tlsv13
        }
    }
}

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
