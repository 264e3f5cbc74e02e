import BrokerPostgres
import BrokerTesting
import CurlTransport
import Foundation
import LoopbackServer
import PostgresTesting
import Testing
import broker_probe

@testable import IdentityBroker

@Suite("A PostgreSQL server with a synchronous standby")
struct FailoverTests {
    let primary: PostgresServer
    let standby: PostgresServer
    /// The connection string of both servers.
    let url: Secret

    init() async throws {
        primary = try await PostgresServer()
        let database = try await primary.database()
        standby = try await PostgresServer(standbyOf: primary)
        try await primary.requireStandby()
        let hosts = [primary, standby].map { $0.directory.path() }.joined(separator: ",")
        url = Secret("postgresql://broker@/\(database.name)?host=\(hosts)&target_session_attrs=read-write")
    }

    @Test(
        "fails over under load: no answered login is lost, no ticket is redeemed twice, and logins go on without a restart",
        .timeLimit(.minutes(15)))
    func failover() async throws {
        try await TicketOffice.open { office in
            let transport = try CurlTransport()
            let store = try PostgresStore(url: url)
            let load = try SteadyLoad(on: store, at: office, transport: transport)
            try await load.run(callers: 16) { load in
                try await load.waitForSuccesses(300)
                try await primary.kill()
                try await load.waitForFailures(20)
                try await standby.promote()
                let promoted = ContinuousClock.now
                try await load.waitForSuccesses(1)
                // Much longer than the longest pause between two connection attempts, even on a busy machine.
                #expect(promoted.duration(to: .now) < .seconds(60))
                try await load.waitForSuccesses(300)
            }
            await transport.shutdown()
            try await load.check(in: store, at: office)
            await store.close()
        }
    }

    @Test("whose confirmation an operator stops waiting for makes the login fail, since the commit could be lost")
    func canceledWait() async throws {
        let store = try PostgresStore(url: url)
        try await store.prepare()
        try await standby.kill()

        let issuer = try #require(Issuer("https://tickets.example"))
        let reservation = OneTimeReservation(
            key: OneTimeKey(issuer: issuer, credential: .ticket("ticket-1")), login: UUID(), expiry: .now + 60)
        let reserving = Task { try await store.reserve(reservation, at: .now) }
        let operatorSession = try await PostgresSession(url: primary.url())
        let cancel = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        while try await operatorSession.run(cancel).isEmpty { await Task.yield() }

        let failure = await #expect(throws: StoreFailure.self) { try await reserving.value }
        #expect(failure?.mayHaveHappened == true)
        #expect(failure?.reason == .late)
        #expect(failure?.message.contains("standby") == true)
        await store.close()
    }
}
