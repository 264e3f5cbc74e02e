import BrokerTesting
import CurlTransport
import Foundation
import LoopbackServer
import Logging
import PostgresTesting
import Testing
import broker_probe

@testable import BrokerPostgres
@testable import IdentityBroker

@Suite("A PostgreSQL server that goes away under load")
struct LostServerTests {
    enum Loss: CaseIterable, CustomTestStringConvertible {
        case stopped, killed, connectionsCut

        var testDescription: String {
            switch self {
            case .stopped: "it is stopped"
            case .killed: "it is killed (SIGKILL)"
            case .connectionsCut: "its connections are cut (pg_terminate_backend)"
            }
        }

        func befall(_ database: PostgresDatabase) async throws {
            switch self {
            case .stopped: try await database.server.stop()
            case .killed: try await database.server.kill()
            case .connectionsCut: try await database.terminateConnections()
            }
        }
    }

    @Test(
        "makes logins fail closed, loses no event of an answered login, and serves again when it is back",
        .timeLimit(.minutes(15)), arguments: Loss.allCases)
    func loss(_ loss: Loss) async throws {
        let server = try await PostgresServer()
        try await server.withDatabase { database in
            try await TicketOffice.open { office in
                let transport = try CurlTransport()
                let store = try PostgresStore(url: Secret(database.url))
                let load = try SteadyLoad(on: store, at: office, transport: transport)
                try await load.run(callers: 16) { load in
                    for round in 1...2 {
                        try await load.waitForSuccesses(200)
                        try await loss.befall(database)
                        if loss != .connectionsCut {
                            try await load.waitForFailures(round * 50)
                            try await server.start()
                        }
                        let back = ContinuousClock.now
                        try await load.waitForSuccesses(1)
                        // Much longer than the longest pause between two connection attempts, even on a busy machine.
                        #expect(back.duration(to: .now) < .seconds(60))
                    }
                    try await load.waitForSuccesses(200)
                }
                await transport.shutdown()
                if loss != .connectionsCut { #expect(load.tally.snapshot.failureCount >= 100) }
                try await load.check(in: store, at: office)
            }
        }
    }

    @Test("lets a broker start before it, and serves once it is up")
    func lateServer() async throws {
        let server = try await PostgresServer()
        try await server.withDatabase { database in
            try await server.stop()
            try await TicketOffice.open { office in
                let transport = try CurlTransport()
                let load = try SteadyLoad(
                    on: PostgresStore(url: Secret(database.url)), at: office, transport: transport)
                try await load.run(callers: 2) { load in
                    try await load.waitForFailures(10)
                    #expect(load.tally.snapshot.subjects.isEmpty)
                    #expect(office.presentations.isEmpty)
                    try await server.start()
                    try await load.waitForSuccesses(10)
                }
                #expect(Set(load.tally.snapshot.failures.keys) == [.unavailable])
                await transport.shutdown()
            }
        }
    }
}
