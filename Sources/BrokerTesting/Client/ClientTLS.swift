import NIOCore
import NIOSSL

/// How a ``RawClient`` speaks TLS.
package struct ClientTLS: Sendable {
    private let caCertificatePEM: String
    private let minimumVersion: TLSVersion
    private let maximumVersion: TLSVersion
    package let hostName: String?

    /// - Parameters:
    ///   - caCertificatePEM: what is trusted.
    ///   - hostName: whom the certificate has to be for; nil for the IP address that is connected to.
    ///   - isObsolete: whether TLS 1.1 is offered and nothing newer; otherwise TLS 1.2 and 1.3 are.
    package init(trusting caCertificatePEM: String, hostName: String? = "localhost", isObsolete: Bool = false) {
        self.caCertificatePEM = caCertificatePEM
        self.hostName = hostName
        self.minimumVersion = isObsolete ? .tlsv11 : .tlsv12
        self.maximumVersion = isObsolete ? .tlsv11 : .tlsv13
    }

    func makeHandler() throws -> NIOSSLClientHandler {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(caCertificatePEM.utf8)))
        configuration.minimumTLSVersion = minimumVersion
        configuration.maximumTLSVersion = maximumVersion
        configuration.shutdownTimeout = .zero
        return try NIOSSLClientHandler(context: NIOSSLContext(configuration: configuration), serverHostname: hostName)
    }
}
