import BrokerTesting
import CurlTransport
import Foundation
import LoopbackServer
import Testing
import broker_probe

@testable import IdentityBroker

/// Callers of one broker that sign in with one ticket after the other, each once, until they are told to stop.
struct SteadyLoad: Sendable {
    /// The outcomes of the logins so far.
    struct Tally: Sendable {
        var subjects: [String] = []
        var failures: [BrokerError.Kind: Int] = [:]
        var tickets = 0
        var isOver = false

        var failureCount: Int { failures.values.reduce(0, +) }
    }

    let tally = Monitor(Tally())

    private let broker: Broker

    init(on store: any BrokerStore, at office: TicketOffice, transport: CurlTransport) throws {
        broker = try Broker(
            providers: [TicketProvider.instance(baseURL: office.upstream.baseURL, caFile: office.upstream.caFile)],
            transport: transport,
            store: store
        )
    }

    /// Runs the callers while the body runs.
    func run(callers: Int, while body: @escaping @Sendable (SteadyLoad) async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<callers { group.addTask { await call() } }
            group.addTask {
                defer { tally.withState { $0.isOver = true } }
                try await body(self)
            }
            try await group.waitForAll()
        }
    }

    /// Waits until this many more logins have succeeded.
    func waitForSuccesses(_ count: Int) async throws {
        let before = tally.snapshot.subjects.count
        try await tally.wait { $0.subjects.count >= before + count ? () : nil }
    }

    /// Waits until this many logins have failed.
    func waitForFailures(_ count: Int) async throws {
        try await tally.wait { $0.failureCount >= count ? () : nil }
    }

    /// Checks what has been answered: no event of a successful login is missing, and no ticket was or can be redeemed twice.
    func check(in store: any BrokerStore, at office: TicketOffice) async throws {
        let tally = tally.snapshot
        #expect(Set(tally.failures.keys).isSubset(of: [.unavailable]))
        #expect(office.presentations.values.allSatisfy { $0 == 1 })

        let recorded = try await store.newestEvents(100_000).compactMap(\.subject)
        #expect(Set(recorded).count == recorded.count)
        #expect(Set(tally.subjects).isSubset(of: recorded))

        // Every ticket that reached the upstream had been reserved before, and stays reserved.
        let issuer = try #require(Issuer("https://tickets.example"))
        for ticket in office.presentations.keys {
            let key = OneTimeKey(issuer: issuer, credential: .ticket(ticket))
            let reservation = OneTimeReservation(key: key, login: UUID(), expiry: .now + 60)
            #expect(try await !store.reserve(reservation, at: .now))
        }
    }

    private func call() async {
        while let ticket = nextTicket() {
            do throws(BrokerError) {
                let identity = try await broker.login("ticket", with: .ticket("ticket-\(ticket)"))
                tally.withState { $0.subjects.append(identity.subject) }
            } catch {
                tally.withState { $0.failures[error.kind, default: 0] += 1 }
                // Refusals come at once, and users do not retry that fast.
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private func nextTicket() -> Int? {
        tally.withState { tally in
            guard !tally.isOver else { return nil }
            tally.tickets += 1
            return tally.tickets
        }
    }
}
