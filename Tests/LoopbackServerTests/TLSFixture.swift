import BrokerTesting
import Foundation
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

/// Capabilities of the machine that runs the tests.
enum Machine {
    /// Whether there is a `::1`; containers often have none.
    static var hasIPv6Loopback: Bool {
        #if os(Linux)
            let addresses = try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8)
            return addresses?.contains("00000000000000000000000000000001") ?? false
        #else
            return true
        #endif
    }
}
