import BrokerTesting
import Foundation
import LoopbackServer
import Testing

/// What `broker config check` reports about certificates is what `broker serve` finds.
@Suite("broker config check, and the certificates that it refers to", .timeLimit(.minutes(2)))
struct CheckedFileTests {
    private func configuration(
        in workspace: borrowing Workspace, caFile: String? = nil, tls: String = "", port: Int = 0
    ) throws -> String {
        try workspace.configuration(
            caFile: caFile,
            document: """
                server:
                  listen: 127.0.0.1:\(port)
                  issuer: https://login.example.com
                  keyEncryptionKey: { literal: canary-key-encryption-key-58d1f2ab }
                  trustedProxies: [127.0.0.0/8]
                  \(tls)
                clients:
                  app: { secret: { literal: canary-client-secret-77aa }, audiences: [https://api.example.com] }
                """)
    }

    @Test("An authorities' file without a certificate keeps the service from starting")
    func authorities() async throws {
        let workspace = try Workspace()
        let issued = try EphemeralCertificateAuthority().issueServerCertificate(dnsNames: ["localhost"])
        let key = try workspace.write(issued.privateKeyPEM, to: "ca.key")
        for (file, reason) in [
            (key, "The file holds no certificate."),
            ("\(workspace.directory)/none.pem", "The file \(workspace.directory)/none.pem cannot be read."),
        ] {
            let path = try configuration(in: workspace, caFile: file)
            for command in [["config", "check"], ["serve"]] {
                let outcome = try await BrokerProcess.run(command + ["--config", path])
                #expect(outcome.status == 78, "\(outcome.error)")
                #expect(outcome.error.contains("broker.yaml:11:24: \(reason)"), "\(outcome.error)")
                #expect(outcome.output.isEmpty)
            }
        }
    }

    @Test("A service keeps its authorities until it is given others that can be read")
    func replacedAuthorities() async throws {
        let workspace = try Workspace()
        let authority = try EphemeralCertificateAuthority()
        let good = try workspace.write(authority.certificatePEM, to: "ca.pem")
        let bad = try workspace.write("no certificate\n", to: "other.pem")
        let path = try configuration(in: workspace, caFile: good)
        let (status, error) = try await ServiceProcess.run(path) { service in
            _ = try configuration(in: Workspace(at: workspace.directory), caFile: bad)
            try service.reload()
            try await service.wait(for: "/health/ready") { $0.body.contains("refused") }
            #expect(try await service.curl("/health/live").status == 200)
        }
        #expect(status == 0, "\(error)")
        #expect(error.contains("The file holds no certificate."), "\(error)")
    }
}
