import NIOCore
import NIOSSL

/// How a ``RawClient`` uses TLS.
package struct ClientTLS: Sendable {
    private let caCertificatePEM: String
    private let minimumVersion: TLSVersion
    private let maximumVersion: TLSVersion
    package let hostName: String?

    /// - Parameters:
    ///   - caCertificatePEM: the trusted authority.
    ///   - hostName: the host that the certificate must name; nil for the IP address of the connection.
    ///   - isObsolete: whether only TLS 1.1 is offered; otherwise TLS 1.2 and 1.3 are.
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
