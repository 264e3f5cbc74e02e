import Foundation
import IdentityBroker
import LoopbackServer
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("A network connection to a PostgreSQL server")
struct TransportSecurityTests {
    private func failure(of url: String) async throws -> String? {
        let store = try PostgresStore(url: Secret(url))
        do throws(StoreFailure) {
            try await store.prepare()
            return nil
        } catch {
            return error.message
        }
    }

    @Test("is encrypted, to a server with a valid certificate for its name, in libpq's modes")
    func modes() async throws {
        let authority = try EphemeralCertificateAuthority()
        let certificate = try authority.issueServerCertificate(dnsNames: ["localhost"])
        let port = try ReservedPort().number
        let server = try await PostgresServer(
            settings: [
                "listen_addresses=127.0.0.1", "port=\(port)", "ssl=on", "ssl_cert_file=../server.pem",
                "ssl_key_file=../server.key",
            ],
            files: [
                "server.pem": certificate.certificatePEM, "server.key": certificate.privateKeyPEM,
                "ca.pem": try authority.certificatePEM,
                "other.pem": try EphemeralCertificateAuthority().certificatePEM,
            ]
        )
        let url = { (host: String, mode: String, file: String) in
            "postgresql://broker@\(host):\(port)/postgres?sslmode=\(mode)"
                + "&sslrootcert=\(server.directory.appending(path: file).path())"
        }
        #expect(try await failure(of: url("localhost", "verify-full", "ca.pem")) == nil)
        #expect(try await failure(of: url("127.0.0.1", "verify-ca", "ca.pem")) == nil)
        #expect(
            try await failure(of: url("127.0.0.1", "verify-full", "ca.pem"))?.contains("does not match host name")
                == true)
        #expect(
            try await failure(of: url("localhost", "verify-full", "other.pem"))?
                .contains("certificate verify failed") == true)
        let session = try await PostgresSession(url: url("localhost", "verify-full", "ca.pem"))
        #expect(
            try await session.run("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                == [["t", "TLSv1.3"]])
    }

    @Test("is refused if it must be encrypted but cannot be")
    func plainServer() async throws {
        let port = try ReservedPort().number
        let server = try await PostgresServer(settings: ["listen_addresses=127.0.0.1", "port=\(port)"])
        let url = "postgresql://broker@localhost:\(port)/postgres"
        #expect(try await failure(of: "\(url)?sslmode=require")?.contains("server does not support SSL") == true)
        #expect(try await failure(of: url) == nil)
        _ = server
    }
}
