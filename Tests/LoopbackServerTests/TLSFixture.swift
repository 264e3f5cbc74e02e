import BrokerTesting
import LoopbackServer

/// An authority, a server configuration with its certificate, and a client that trusts it.
struct TLSFixture {
    let authority: EphemeralCertificateAuthority
    var server: LoopbackServer.Configuration
    let client: ClientTLS

    init(
        certificate: (EphemeralCertificateAuthority) throws -> ServerCertificate = {
            try $0.issueServerCertificate(dnsNames: ["localhost"], ipAddresses: ["127.0.0.1", "::1"])
        }
    ) throws {
        authority = try EphemeralCertificateAuthority()
        server = LoopbackServer.Configuration(tls: TLSSettings(certificate: try certificate(authority)))
        client = ClientTLS(trusting: try authority.certificatePEM)
    }
}
