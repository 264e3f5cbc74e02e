import NIOCore
import NIOSSL

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
