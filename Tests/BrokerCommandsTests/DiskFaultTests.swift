import Foundation
import Testing

/// Whole processes with a full disk, and with truncated files.
@Suite("The store's disk", .timeLimit(.minutes(5)))
struct DiskFaultTests {
    private func configuration(in workspace: borrowing Workspace, path: String) throws -> String {
        try workspace.configuration(
            document: """
                stores: { path: \(path) }
                server:
                  listen: 127.0.0.1:0
                  issuer: http://127.0.0.1:8080
                  keyEncryptionKey: { literal: key-encryption-key-1f0c8a5d-58d1f2ab }
                  limits: { drainDelay: 0s }
                clients:
                  app: { secret: { literal: client-secret-77aa0c91d5-58d1f2ab11 }, audiences: [https://api.example.com] }
                """)
    }

    private static func canMount() async throws -> Bool {
        try await BrokerProcess.shell(program: "unshare --map-root-user --mount true", in: "/").status == 0
    }

    @Test(
        "To every command, a full or read-only disk is not a configuration problem",
        .enabled("no file system can be mounted here", { try await canMount() }),
        arguments: ["head -c 2m /dev/zero >disk/filler", "mount -o remount,ro disk"], [true, false])
    func takesNothing(fault: String, isMade: Bool) async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, path: "disk/broker.sqlite")
        let (broker, options) = (BrokerProcess.path, "--config \(path) --format json")
        let script = """
            mkdir disk && mount -t tmpfs -o size=1m none disk || exit 1
            \(isMade ? "\(broker) store prepare \(options) >/dev/null || exit 1" : "")
            \(fault) 2>/dev/null
            for command in "config check" "store prepare" serve "login wxapp --ticket t" "keys rotate"; do
                \(broker) $command \(options) >/dev/null 2>error
                echo "$command: $?"
                tail -n 1 error >&2
            done
            """
        let file = try workspace.write(script, to: "script")
        let outcome = try await BrokerProcess.shell(
            program: "unshare --map-root-user --mount bash \(file)", in: workspace.directory)
        let expected = ["config check", "store prepare", "serve", "login wxapp --ticket t", "keys rotate"]
        let statuses = outcome.output.split(separator: "\n").map(String.init)
        #expect(statuses == expected.map { "\($0): 75" }, "\(outcome.error)")
        let failures = outcome.error.split(separator: "\n").filter { $0.hasPrefix("{") }
        #expect(failures.count == expected.count)
        #expect(failures.allSatisfy { $0.contains(#""kind":"unavailable""#) }, "\(outcome.error)")
    }

    @Test("A database that is truncated makes the service unready, and keeps the next one from starting")
    func truncated() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, path: "broker.sqlite")
        let database = URL(filePath: "\(workspace.directory)/broker.sqlite")
        let (status, error) = try await ServiceProcess.run(path) { service in
            try await service.wait(for: "/health/ready") { $0.status == 200 }
            let handle = try FileHandle(forUpdating: database)
            try handle.truncate(atOffset: 0)
            try handle.close()
            try await service.wait(for: "/health/ready") { $0.status == 503 }
        }
        #expect(status == 0)
        #expect(error.contains("\(database.path()) was truncated while it was open"), "\(error)")
        for command in [["config", "check"], ["serve"]] {
            let outcome = try await BrokerProcess.run(command + ["--config", path, "--format", "json"])
            #expect(outcome.status == 78)
            let message = outcome.failure?["message"] as? String
            #expect(message?.contains("shows that it was in use") == true, "\(outcome.error)")
        }
    }
}
