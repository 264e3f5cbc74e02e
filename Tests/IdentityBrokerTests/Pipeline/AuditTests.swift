import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("The audit event of a login")
struct AuditTests {
    @Test("says everything about a success")
    func success() async throws {
        let (id, clock, store) = (UUID(), TestClock(at: .at(42)), MemoryStore())
        let instance = try ProviderInstance(
            ScriptedProvider.self,
            settings: .init { _, _ in
                clock.advance(by: .seconds(2))
                var upstream = UpstreamIdentity.person
                upstream.notices = [.emailRefused]
                return upstream
            },
            context: ProviderContext(id: "scripted")
        )
        let broker = try Broker(
            providers: [instance],
            transport: ScriptedTransport(),
            store: store,
            clock: BrokerClock(clock, now: clock.wallClock),
            identifiers: IdentifierSource { id }
        )
        _ = try await broker.login("scripted", with: .ticket("abc"))
        let event = try #require(store.auditEvents.first)
        #expect(event.login == id)
        #expect(event.began == .at(42))
        #expect(event.duration == .seconds(2))
        #expect(event.provider == "scripted")
        #expect(event.providerType == "scripted")
        #expect(event.credentialKind == "ticket")
        #expect(event.issuer == Issuer.example.rawValue)
        #expect(event.subject == "person-1")
        #expect(event.failure == nil)
        #expect(event.credential == "spent")
        #expect(event.upstreamCode == nil)
        #expect(event.notices == ["email_refused"])
    }

    @Test("says what is known about a failure")
    func failure() async throws {
        let bench = try Bench { _, _ in throw BrokerError(.accessDenied, "No.", upstreamCode: "2005") }
        _ = try await bench.refusal()
        let event = try #require(bench.audit.first)
        #expect(event.provider == "scripted")
        #expect(event.issuer == Issuer.example.rawValue)
        #expect(event.subject == nil)
        #expect(event.failure == "access_denied")
        #expect(event.credential == "unused")
        #expect(event.upstreamCode == "2005")
        #expect(event.notices == [])
    }

    @Test("names the requested id if there is no such instance")
    func unknownProvider() async throws {
        let bench = try Bench()
        _ = try await bench.refusal(at: "nobody")
        let event = try #require(bench.audit.first)
        #expect(event.provider == "nobody")
        #expect(event.providerType == nil)
        #expect(event.issuer == nil)
        #expect(event.failure == "unknown_provider")
    }

    @Test("is written once, whatever the outcome, and says the same as the answer", arguments: Outcome.all)
    func once(_ outcome: Outcome) async throws {
        let bench = try outcome.makeBench()
        do {
            let identity = try await bench.login(outcome.credential, at: outcome.id)
            #expect(outcome.kind == nil)
            #expect(bench.audit.map(\.subject) == [identity.subject])
            #expect(bench.audit.map(\.failure) == [nil])
        } catch let error as BrokerError {
            #expect(error.kind == outcome.kind)
            #expect(bench.audit.map(\.failure) == [error.kind.rawValue])
            #expect(bench.audit.map(\.credential) == [error.credential.rawValue])
            #expect(bench.audit.map(\.upstreamCode) == [error.upstreamCode])
        }
    }

    /// One way for a login to end.
    struct Outcome: Sendable, CustomTestStringConvertible {
        let kind: BrokerError.Kind?
        var id = Bench.id
        var credential = Credential.ticket("ticket-1")
        let makeBench: @Sendable () throws -> Bench

        var testDescription: String { kind?.rawValue ?? "success with \(credential.kind.rawValue)" }

        static let all = [
            Outcome(kind: nil) { try Bench() },
            Outcome(kind: nil, credential: .idToken("a.b.c")) { try Bench() },
            Outcome(kind: .unknownProvider, id: "nobody") { try Bench() },
            Outcome(kind: .providerDisabled) { try Bench(isEnabled: false) },
            Outcome(kind: .invalidCredential, credential: .ticket("a b")) { try Bench() },
            Outcome(kind: .invalidCredential, credential: .authorizationCode("a")) { try Bench() },
            Outcome(kind: .unavailable) { try Bench(limits: ProviderLimits(concurrency: 0)) },
            Outcome(kind: .unavailable) {
                try Bench(
                    store: ScriptedStore(
                        .init(reserve: { () throws(StoreFailure) in throw StoreFailure("no", mayHaveHappened: true) })
                    )
                )
            },
            Outcome(kind: .upstreamUnavailable) {
                try Bench(transport: .failing(.connectionFailed, mayHaveLeft: false))
            },
            Outcome(kind: .upstreamMisbehaved) { try Bench(transport: .failing(.bodyTooLarge, mayHaveLeft: true)) },
            Outcome(kind: .timedOut) { try Bench(limits: ProviderLimits(timeout: .zero)) },
            Outcome(kind: .internalError) { try Bench { _, _ in throw CancellationError() } },
            Outcome(kind: .rateLimited) {
                try Bench { _, _ in throw BrokerError(.rateLimited, "No.", upstreamCode: "429") }
            },
            Outcome(kind: .upstreamMisbehaved) { try Bench { _, _ in .person(nil) } },
        ]
    }
}

@Suite("An audit event")
struct AuditEventTests {
    @Test("survives a JSON round trip")
    func roundTrip() throws {
        let event = AuditEvent.example()
        let data = try JSONEncoder().encode(event)
        #expect(try JSONDecoder().decode(AuditEvent.self, from: data) == event)
    }
}
