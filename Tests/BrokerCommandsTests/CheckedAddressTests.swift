import BrokerTesting
import Foundation
import LoopbackServer
import Testing

@Suite("broker config check, and the listening address", .timeLimit(.minutes(2)))
struct CheckedAddressTests {
    private func configuration(in workspace: borrowing Workspace, _ server: String) throws -> String {
        try workspace.configuration(
            document: """
                server:
                  keyEncryptionKey: { literal: canary-key-encryption-key-58d1f2ab }
                  issuer: https://login.example.com
                  trustedProxies: [127.0.0.0/8]
                  \(server)
                clients:
                  app: { secret: { literal: canary-client-secret-77aa }, audiences: [https://api.example.com] }
                """)
    }

    @Test(
        "says which setting names an address that this machine does not have, and what to do",
        arguments: [
            ("listen: 192.0.2.1:8080", "'listen'"),
            ("listen: 127.0.0.1:0\n  operations: { listen: 192.0.2.1:9090 }", "'operations.listen'"),
        ]
    )
    func foreign(server: String, setting: String) async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, server)
        for command in [["config", "check"], ["serve"]] {
            let outcome = try await BrokerProcess.run(command + ["--config", path])
            #expect(outcome.status == 78)
            #expect(outcome.error.contains("This machine has no address 192.0.2.1. Set \(setting) to one that it has"))
        }
    }

    @Test("accepts a port in use with a warning, since it may be the service's")
    func inUse() async throws {
        let workspace = try Workspace()
        let port = try ReservedPort().number
        let path = try configuration(in: workspace, "listen: 127.0.0.1:\(port)")
        #expect(try await !BrokerProcess.run("config", "check", "--config", path).error.contains("A program listens"))
        try await FakeUpstream.withUpstream { upstream in
            let taken = try #require(URL(string: upstream.baseURL)?.port)
            let path = try configuration(in: workspace, "listen: 127.0.0.1:\(taken)")
            let outcome = try await BrokerProcess.run("config", "check", "--config", path)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.error.contains("A program listens at 127.0.0.1, port \(taken)."))
        }
    }

    @Test("reports nothing about a port on which the service itself listens")
    func running() async throws {
        let workspace = try Workspace()
        let port = try ReservedPort().number
        let path = try configuration(
            in: workspace, "listen: 127.0.0.1:\(port)\n  limits: { drainDelay: 0s }")
        let (status, error) = try await ServiceProcess.run(path) { _ in
            let outcome = try await BrokerProcess.run("config", "check", "--config", path)
            #expect(outcome.status == 0)
            #expect(!outcome.error.contains("A program listens"), "\(outcome.error)")
        }
        #expect(status == 0, "\(error)")
    }

    private static var hasPrivilegedPorts: Bool {
        let text = try? String(contentsOfFile: "/proc/sys/net/ipv4/ip_unprivileged_port_start", encoding: .utf8)
        return text.flatMap { Int($0.filter(\.isNumber)) }.map { $0 > 81 } ?? false
    }

    @Test("refuses a port that the user may not use, as serve does", .enabled(if: hasPrivilegedPorts))
    func privileged() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, "listen: 127.0.0.1:81")
        // Root may bind low ports unless the capability is dropped.
        let without = getuid() == 0 ? "setpriv --bounding-set=-net_bind_service" : ""
        for command in ["config check", "serve"] {
            let outcome = try await BrokerProcess.shell(
                program: "exec \(without) \(BrokerProcess.path) \(command) --config \(path)", in: "/")
            #expect(outcome.status == 78, "\(outcome.error)")
            #expect(outcome.error.contains("This user may not listen at 127.0.0.1, port 81."), "\(outcome.error)")
        }
    }
}
