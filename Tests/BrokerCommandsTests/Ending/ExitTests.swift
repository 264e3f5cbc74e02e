import BrokerTesting
import Foundation
import LoopbackServer
import PostgresTesting
import Subprocess
import Testing

@testable import BrokerCommands

/// Many processes on one core, where a thread is likely to be still running when its process ends.
@Suite("The end of a process", .timeLimit(.minutes(15)))
struct ExitTests {
    private static let taken =
        #"{"code":200,"data":{"_id":"5e57540f84622ae263294a42","userPoolId":"5e4cdd055df3df65dc58b97d"}}"#

    private func race(at store: String, processes: Int = 16) async throws {
        let workspace = try Workspace()
        let upstream = try await FakeUpstream.start { _ in .json(Self.taken) }
        let path = try workspace.configuration(
            baseURL: upstream.baseURL, caFile: upstream.caFile, timeout: "1m", document: store)
        #expect(try await BrokerProcess.run("store", "prepare", "--config", path).status == 0)
        for round in 1...2 {
            let outcomes = try await withThrowingTaskGroup(of: BrokerProcess.Outcome.self) { group in
                for _ in 1...processes {
                    group.addTask {
                        try await BrokerProcess.runOnOneCore(
                            "login", "wxapp", "--ticket", "ticket-\(round)", "--config", path, "--format", "json")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for outcome in outcomes {
                #expect(ExitStatus(rawValue: outcome.status) != nil, "\(outcome.status): \(outcome.error)")
                #expect([0, 65].contains(outcome.status), "\(outcome.error)")
            }
            #expect(outcomes.count { $0.status == 0 } == 1)
        }
        #expect(upstream.requests.count == 2)
        await upstream.stop()
    }

    @Test("comes after that of its SQLite store")
    func sqlite() async throws {
        try await race(at: "stores: { kind: sqlite, path: race.sqlite }")
    }

    @Test("comes after that of its PostgreSQL store")
    func postgres() async throws {
        try await PostgresServer.shared.withDatabase { database in
            try await race(at: "stores: { kind: postgres, url: { literal: \"\(database.url)\" } }")
        }
    }

    @Test("leaves an SQLite database closed and checkpointed")
    func closed() async throws {
        let workspace = try Workspace()
        let path = try workspace.configuration(document: "stores: { kind: sqlite, path: closed.sqlite }")
        #expect(try await BrokerProcess.run("store", "prepare", "--config", path).status == 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: workspace.directory)
        #expect(Set(files) == ["broker.yaml", "closed.sqlite"])
    }

    @Test("does not wait for a purge: a login starts none")
    func purge() async throws {
        let workspace = try Workspace()
        let upstream = try await FakeUpstream.start { _ in .json(Self.taken) }
        let path = try workspace.configuration(
            baseURL: upstream.baseURL, caFile: upstream.caFile,
            document: "stores: { kind: sqlite, path: kept.sqlite }")
        func login(_ ticket: String) async throws -> Int32 {
            try await BrokerProcess.run("login", "wxapp", "--ticket", ticket, "--config", path).status
        }
        #expect(try await login("ticket-1") == 0)
        try workspace.expireReservations(in: "kept.sqlite")
        #expect(try await login("ticket-2") == 0)
        #expect(try workspace.reservations(in: "kept.sqlite") == 2)
        #expect(try await BrokerProcess.run("store", "prepare", "--config", path).status == 0)
        #expect(try workspace.reservations(in: "kept.sqlite") == 1)
        await upstream.stop()
    }
}
