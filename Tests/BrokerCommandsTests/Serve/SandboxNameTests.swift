import LoopbackServer
import Testing

@Suite("A served sandbox", .timeLimit(.minutes(15)))
struct SandboxNameTests {
    @Test(
        "warns of the name under which it signs anyone in if that is public",
        arguments: [
            ("https://login.example.com", true), ("https://localhost.example.com", true), ("http://localhost:1", false),
            ("http://127.0.0.1:1", false), (nil, false),
        ] as [(String?, Bool)])
    func name(issuer: String?, isPublic: Bool) async throws {
        let workspace = try Workspace()
        let path = try workspace.configuration(
            document: """
                server:
                  listen: "127.0.0.1:\(try ReservedPort().number)"
                  \(issuer.map { "issuer: \($0)" } ?? "")
                  limits: { drainDelay: 0s }
                  keyEncryptionKey: { literal: "a key encryption key, for a test" }
                clients: { app: { secret: { literal: "a client secret of a test" }, audiences: ["https://api.example.com"] } }
                """)
        let (status, error) = try await ServiceProcess.run(path, options: ["--sandbox"]) { service in
            #expect(issuer == nil || service.report.issuer == issuer)
        }
        #expect(status == 0)
        let warning = "warning: this sandbox signs anyone in as \(issuer ?? ""). Let no proxy serve it under that name."
        #expect(error.contains(warning) == isPublic, "\(error)")
        #expect(error.contains("this sandbox") == isPublic)
    }
}
