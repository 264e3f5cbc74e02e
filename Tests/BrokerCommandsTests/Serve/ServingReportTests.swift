import BrokerSandbox
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@testable import BrokerCommands
@testable import BrokerServer

@Suite("What a service reports at startup")
struct ServingReportTests {
    private static let example = ServingReport.Example(
        client: "app", secret: "s", provider: "wxapp", audience: nil,
        guide: SandboxGuide(
            credentialName: "ticket", credentials: [.ticket("t")],
            authorization: SandboxGuide.Authorization(url: "https://127.0.0.1:9", form: "as the app returns it")),
        caFile: "ca.pem")

    private func lines(
        issuer: String,
        host: String = "127.0.0.1",
        certificate: ServingCertificate? = nil,
        example: ServingReport.Example? = Self.example
    ) -> [String] {
        let address = ServingAddress(host: host, port: 0, certificate: certificate)
        let ports = ServedPorts(service: 8080, operations: nil)
        let report = ServingReport(issuer: issuer, address: address, operations: nil, ports: ports, example: example)
        return report.text(in: .plain).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test(
        "A sandbox's request goes to its own address, whatever the issuer is",
        arguments: [
            ("https://login.example.com", "127.0.0.1", "http://127.0.0.1:8080"),
            ("https://login.example.com/broker", "::1", "http://[::1]:8080/broker"),
            ("http://127.0.0.1:9000", "127.0.0.1", "http://127.0.0.1:8080"),
            ("http://localhost:8080/", "127.0.0.1", "http://localhost:8080"),
            ("http://127.0.0.1:8080", "127.0.0.1", "http://127.0.0.1:8080"),
            ("https://localhost:8080", "127.0.0.1", "http://127.0.0.1:8080"),
        ])
    func sandbox(issuer: String, host: String, base: String) {
        let lines = lines(issuer: issuer, host: host)
        #expect(lines.contains("issuer         \(issuer)"))
        #expect(lines.contains("metadata       \(base)/.well-known/openid-configuration"))
        #expect(lines.contains { $0.hasPrefix("curl -s \(base)/oauth2/token ") }, "\(lines)")
    }

    @Test("A public client is shown how to get a nonce from the service, since it cannot choose one")
    func publicClient() {
        let example = ServingReport.Example(
            client: "app", secret: nil, provider: "google", audience: nil,
            guide: SandboxGuide(
                credentialName: "ID token", credentials: [.idToken("t", nonce: "canary-nonce")],
                authorization: SandboxGuide.Authorization(
                    url: "https://localhost:9/id?person=ada&nonce=canary-nonce", form: "as an app gets it")),
            caFile: "ca.pem")
        let lines = lines(issuer: "http://127.0.0.1:8080", example: example)
        let base = "http://127.0.0.1:8080"
        #expect(
            lines.contains(
                #"NONCE=$(curl -s \#(base)/providers/google/nonce -d client_id=app | sed 's/.*"nonce":"\([^"]*\)".*/\1/')"#
            ),
            "\(lines)")
        #expect(
            lines.contains(#"TOKEN=$(curl -s --cacert ca.pem "https://localhost:9/id?person=ada&nonce=$NONCE")"#),
            "\(lines)")
        #expect(
            lines.contains {
                $0.hasPrefix("curl -s \(base)/oauth2/token -d client_id=app ")
                    && $0.contains(#"--data-urlencode "subject_token=$TOKEN" --data-urlencode "nonce=$NONCE""#)
            }, "\(lines)")
        #expect(!lines.contains { $0.contains("canary-nonce") })
        #expect(example.members["nonce"] == nil && example.members["id_tokens"] == nil)
    }

    @Test("Where there is nothing to exchange, the browser is named")
    func redirectAlone() {
        let example = ServingReport.Example(
            client: "app", secret: "s", provider: "github", audience: nil,
            guide: SandboxGuide(credentialName: "code", credentials: [], authorization: nil, signsInByRedirect: true),
            caFile: "ca.pem")
        let lines = lines(issuer: "http://127.0.0.1:8080", example: example)
        #expect(lines.contains("broker login github --sandbox --browser"), "\(lines)")
    }

    @Test("Over TLS, the example request uses the issuer's name, which the certificate is for")
    func secure() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "serving-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let issued = try EphemeralCertificateAuthority().issueServerCertificate(dnsNames: ["login.example.com"])
        let paths = ["certificate.pem", "key.pem"].map { folder.appending(path: $0).path() }
        try Data(issued.certificatePEM.utf8).write(to: URL(filePath: paths[0]))
        try Data(issued.privateKeyPEM.utf8).write(to: URL(filePath: paths[1]))
        let certificate = try ServingCertificate(certificateFile: paths[0], keyFile: paths[1])
        let lines = lines(issuer: "https://login.example.com", certificate: certificate)
        let command = "curl -s --connect-to ::127.0.0.1:8080 https://login.example.com/oauth2/token "
        #expect(lines.contains { $0.hasPrefix(command) }, "\(lines)")
    }

    @Test("Without a sandbox, the metadata URL is the issuer's")
    func issuer() {
        let lines = lines(issuer: "https://login.example.com/", example: nil)
        #expect(lines.contains("metadata  https://login.example.com/.well-known/openid-configuration"))
    }
}
