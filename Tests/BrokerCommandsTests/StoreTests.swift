import BrokerTesting
import Foundation
import GRDB
import LoopbackServer
import Testing

@Suite("The configured store")
struct StoreTests {
    /// The failures of the same ticket in two consecutive processes, at an upstream that does not know it.
    private func kindsOfFailure(in workspace: borrowing Workspace, stores: String = "") async throws -> [String] {
        let upstream = try await FakeUpstream.start { _ in .json(#"{"code":2206,"message":"no"}"#) }
        let path = try workspace.configuration(
            baseURL: upstream.baseURL, caFile: upstream.caFile, document: stores)
        var kinds: [String] = []
        for _ in 1...2 {
            let outcome = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", "ticket-1", "--config", path, "--format", "json")
            kinds.append(outcome.failure?["kind"] as? String ?? outcome.error)
        }
        await upstream.stop()
        return kinds
    }

    @Test("is by default a file next to the configuration, and remembers a ticket from one process to the next")
    func remembers() async throws {
        let workspace = try Workspace()
        #expect(try await kindsOfFailure(in: workspace) == ["invalid_credential", "credential_already_used"])
        #expect(FileManager.default.fileExists(atPath: "\(workspace.directory)/broker.sqlite"))
    }

    @Test("is lost with its process if it is in memory")
    func forgets() async throws {
        let workspace = try Workspace()
        let kinds = try await kindsOfFailure(in: workspace, stores: "stores: { kind: memory }")
        #expect(kinds == ["invalid_credential", "invalid_credential"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.directory) == ["broker.yaml"])
    }

    @Test("prevents the login if it cannot be opened")
    func unopened() async throws {
        try await FakeUpstream.withUpstream { upstream in
            let workspace = try Workspace()
            let path = try workspace.configuration(
                baseURL: upstream.baseURL, caFile: upstream.caFile, document: "stores: { path: nowhere/broker.sqlite }")
            let outcome = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", "ticket-1", "--config", path, "--format", "json")
            #expect(outcome.status == 78)
            #expect(outcome.failure?["kind"] as? String == "misconfigured")
            #expect(upstream.requests.isEmpty)
        }
    }

    @Test("delays the login no longer than its timeout, and leaves the credential unused")
    func locked() async throws {
        try await FakeUpstream.withUpstream { upstream in
            let workspace = try Workspace()
            let path = try workspace.configuration(
                baseURL: upstream.baseURL, caFile: upstream.caFile, timeout: "300ms",
                document: "stores: { path: locked.sqlite }")
            #expect(try await BrokerProcess.run("store", "prepare", "--config", path).status == 0)
            var configuration = GRDB.Configuration()
            configuration.allowsUnsafeTransactions = true
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            let lock = try DatabaseQueue(path: "\(workspace.directory)/locked.sqlite", configuration: configuration)
            try await lock.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
            let began = ContinuousClock.now
            let outcome = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", "ticket-1", "--config", path, "--format", "json")
            // By default a store waits for 5 seconds. The rest is the start-up time of a process.
            #expect(began.duration(to: .now) < .seconds(4))
            #expect(outcome.status == 75, "\(outcome.error)")
            #expect(outcome.failure?["kind"] as? String == "unavailable")
            #expect(outcome.failure?["credential"] as? String == "unused")
            #expect(upstream.requests.isEmpty)
            try await lock.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        }
    }

    private static func canMount() async throws -> Bool {
        try await BrokerProcess.shell(program: "unshare --map-root-user --mount true", in: "/").status == 0
    }

    @Test(
        "leaves the credential unused if it is full before anything is reserved",
        .enabled("no file system can be mounted here", { try await canMount() }))
    func full() async throws {
        try await FakeUpstream.withUpstream { upstream in
            let workspace = try Workspace()
            let path = try workspace.configuration(
                baseURL: upstream.baseURL, caFile: upstream.caFile, document: "stores: { path: disk/full.sqlite }")
            // Room for the log's index of 8 pages, but for no transaction in the log.
            let script = """
                mkdir disk && mount -t tmpfs -o size=1m none disk || exit 1
                \(BrokerProcess.path) store prepare --config \(path) >&2 || exit 1
                free=$(stat --file-system --format=%a disk)
                head -c $(( (free - 9) * 4096 )) /dev/zero > disk/filler || exit 1
                for ticket in 1 2; do
                    \(BrokerProcess.path) login wxapp --ticket $ticket --config \(path) --format json
                    echo $? >&2
                done
                """
            let file = try workspace.write(script, to: "script")
            let outcome = try await BrokerProcess.shell(
                program: "unshare --map-root-user --mount bash \(file)", in: workspace.directory)
            let lines = outcome.error.split(separator: "\n")
            let failures = lines.filter { $0.hasPrefix("{") }
            #expect(failures.count == 2, "\(outcome.error)")
            for failure in failures {
                #expect(failure.contains(#""credential":"unused""#), "\(failure)")
                #expect(failure.contains(#""kind":"unavailable""#), "\(failure)")
            }
            #expect(lines.filter { $0 == "75" }.count == 2)
            #expect(upstream.requests.isEmpty)
        }
    }

    @Test("is prepared before any login")
    func prepared() async throws {
        let workspace = try Workspace()
        let path = try workspace.configuration(document: "stores: { kind: sqlite, path: made.sqlite }")
        let text = try await BrokerProcess.run("store", "prepare", "--config", path)
        #expect(text.status == 0 && text.output == "The sqlite store is ready.\n")
        #expect(FileManager.default.fileExists(atPath: "\(workspace.directory)/made.sqlite"))
        let json = try await BrokerProcess.run("store", "prepare", "--config", path, "--format", "json")
        #expect(json.output == #"{"kind":"sqlite","ready":true}"# + "\n")
    }

    @Test("says what is wrong if it cannot be prepared, without a password")
    func unprepared() async throws {
        let workspace = try Workspace()
        let url = "postgresql://me:pass-word@/x?host=/nonexistent"
        let path = try workspace.configuration(
            document: "stores: { kind: postgres, url: { literal: \"\(url)\" } }")
        let outcome = try await BrokerProcess.run("store", "prepare", "--config", path, "--format", "json")
        #expect(outcome.status == 75)
        #expect(outcome.failure?["kind"] as? String == "unavailable")
        #expect(outcome.error.contains("/nonexistent"))
        #expect(!outcome.error.contains("pass-word"))
    }

    @Test(
        "is not touched by commands that need none",
        arguments: [["config", "schema"], ["login", "wxapp", "--sandbox"]])
    func leftAlone(command: [String]) async throws {
        let workspace = try Workspace()
        let path = try workspace.configuration(document: "stores: { path: nowhere/broker.sqlite }")
        let outcome = try await BrokerProcess.run(command + ["--config", path])
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.directory) == ["broker.yaml"])
    }
}
