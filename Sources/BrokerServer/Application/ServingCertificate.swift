public import IdentityBroker
import NIOSSL

/// A certificate to serve with, and its private key.
public struct ServingCertificate: Sendable {
    let configuration: TLSConfiguration

    /// Reads them.
    ///
    /// - Parameters:
    ///   - certificateFile: The path of a PEM file with the certificate, and those between it and the root.
    ///   - keyFile: The path of a PEM file with the private key.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the file.
    public init(certificateFile: String, keyFile: String) throws(BrokerError) {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificateFile)
        } catch {
            throw .misconfigured("The certificate file \(certificateFile) cannot be read, or is not in PEM form.")
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        } catch {
            throw .misconfigured("The key file \(keyFile) cannot be read, or is not in PEM form.")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        // HTTP/2 is for a proxy in front.
        configuration.applicationProtocols = ["http/1.1"]
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .misconfigured("The key in \(keyFile) does not belong to the certificate in \(certificateFile).")
        }
        self.configuration = configuration
    }
}
