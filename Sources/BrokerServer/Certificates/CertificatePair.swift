import BrokerServing
import Foundation
import IdentityBroker
import NIOCore
import NIOSSL

/// A certificate with its chain, and its private key.
struct CertificatePair: Sendable {
    let files: CertificateFiles
    let validity: CertificateValidity
    /// What clients may object to, in sentences.
    let advice: [String]
    /// The context for new connections.
    let context: NIOSSLContext

    /// Checks that the files are a certificate and its key.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the file.
    init(_ files: CertificateFiles, from paths: CertificatePaths) throws(BrokerError) {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMBytes(files.certificate)
        } catch {
            throw .misconfigured("The certificate file \(paths.certificate) is not in PEM form.")
        }
        guard let leaf = chain.first else {
            throw .misconfigured("The certificate file \(paths.certificate) holds no certificate.")
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(bytes: files.key, format: .pem)
        } catch {
            throw .misconfigured("The key file \(paths.key) is not an unencrypted private key in PEM form.")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        // For TLS 1.2, only what is still recommended: forward secrecy and authenticated encryption (RFC 9325 §4.2).
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        // How long a closed connection waits for its peer to close it, too: no reason to delay shutdown.
        configuration.shutdownTimeout = .seconds(1)
        // HTTP/2 is left to a proxy in front.
        configuration.applicationProtocols = ["http/1.1"]
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .misconfigured("The key in \(paths.key) does not belong to the certificate in \(paths.certificate).")
        }
        guard HandshakeTrial.succeeds(with: context) else {
            throw .misconfigured(
                """
                No TLS connection can be made with the certificate in \(paths.certificate) and its key. Have it issued for \
                another key: ECDSA P-256, or RSA of 2048 bits.
                """)
        }
        advice = chain.flatMap { CertificateStrength($0).advice(for: paths.certificate) }
        self.files = files
        validity = CertificateValidity(
            begin: Date(timeIntervalSince1970: TimeInterval(leaf.notValidBefore)),
            end: Date(timeIntervalSince1970: TimeInterval(leaf.notValidAfter)))
    }
}

/// The contents of a certificate file and its key file, including the private key.
struct CertificateFiles: Sendable, Equatable {
    /// No chain is longer, and a device file has no end.
    private static let maximumBytes = 1024 * 1024

    let certificate: [UInt8]
    let key: [UInt8]

    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the unreadable file.
    init(_ paths: CertificatePaths) throws(BrokerError) {
        certificate = try Self.read(paths.certificate, "certificate")
        key = try Self.read(paths.key, "key")
    }

    private static func read(_ path: String, _ subject: String) throws(BrokerError) -> [UInt8] {
        do {
            let reader = try FileDescriptorReader(path: path)
            return try reader.read(atMost: maximumBytes)
        } catch {
            throw .misconfigured(
                "The \(subject) file \(path) cannot be read. Check that it exists and its permissions.")
        }
    }
}
