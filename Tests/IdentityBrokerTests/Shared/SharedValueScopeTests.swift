import BrokerTesting
import HTTPTypes
import Logging
import Testing

@testable import IdentityBroker

@Suite("A shared value, kept apart", .timeLimit(.minutes(15)))
struct SharedValueScopeTests {
    private let upstream = NumberingUpstream()

    @Test("is dropped with the instance, and kept by the kill switch")
    func replacement() async throws {
        upstream.gate.open()
        let bench = try upstream.makeBench()
        #expect(try await upstream.subject(bench, 1) == "keys-1")
        bench.broker.setEnabled(false, for: Bench.id)
        bench.broker.setEnabled(true, for: Bench.id)
        #expect(try await upstream.subject(bench, 2) == "keys-1")
        let script: ScriptedProvider.Script = { _, exchange in try await .person("keys-\(exchange.shared(.text()))") }
        try bench.broker.replaceProviders(with: [Bench.instance(Bench.id, script)])
        #expect(try await upstream.subject(bench, 3) == "keys-2")
        try bench.broker.replaceProviders(with: [], keeping: [Bench.id])
        #expect(try await upstream.subject(bench, 4) == "keys-2")
    }

    @Test("is fetched no further when its instance is replaced and no login waits", arguments: [false, true])
    func unneeded(isRemoved: Bool) async throws {
        let bench = try upstream.makeBench()
        let login = Task { try await bench.refusal().kind }
        try await upstream.gate.waitForArrivals()
        login.cancel()
        #expect(try await login.value == .cancelled)
        #expect(!upstream.cancellation.isOpen, "another login may come and need it")
        try bench.broker.replaceProviders(with: isRemoved ? [] : [Bench.instance()])
        try await upstream.cancellation.pass()
        #expect(!bench.log.mentions("cannot be fetched"), "the upstream is not to blame")
    }

    @Test("is fetched further for a login that waits while its instance is replaced, and no longer")
    func stillNeeded() async throws {
        let clock = TestClock()
        let brokerClock = BrokerClock(clock, now: clock.wallClock)
        let values = SharedValues(
            of: try Bench.instance(), over: upstream.transport, clock: brokerClock, logger: LogRecording().makeLogger())
        var logins: [Task<String, any Error>] = []
        // Each has an earlier deadline than the last, so that each is seen to wait.
        for number in 1...2 {
            let deadline = Deadline(in: .seconds(600 - number), by: brokerClock)
            logins.append(Task { try await values.value(.text(), isForced: false, until: deadline) })
            try await clock.waitForSleepers(number)
        }
        logins[0].cancel()
        await #expect(throws: BrokerError.self) { try await logins[0].value }
        values.retire()
        #expect(!upstream.cancellation.isOpen)
        logins[1].cancel()
        await #expect(throws: BrokerError.self) { try await logins[1].value }
        try await upstream.cancellation.pass()
        // A login that asks only now is not told of the interruption.
        upstream.gate.open()
        let deadline = Deadline(in: .seconds(10), by: brokerClock)
        #expect(try await values.value(.text(), isForced: false, until: deadline) == "2")
    }

    @Test("is separate for each instance")
    func separation() async throws {
        upstream.gate.open()
        let script: ScriptedProvider.Script = { _, exchange in try await .person("keys-\(exchange.shared(.text()))") }
        let broker = try Broker(
            providers: [Bench.instance("one", script), Bench.instance("two", script)], transport: upstream.transport)
        for (id, subject) in [("one", "keys-1"), ("two", "keys-2"), ("one", "keys-1")] as [(ProviderID, String)] {
            #expect(try await broker.login(id, with: .idToken("t"), until: .far).subject == subject)
        }
    }

    @Test("differs by name, request and type")
    func identity() async throws {
        upstream.gate.open()
        let bench = try Bench(transport: upstream.transport) { _, exchange in
            let one = try await exchange.shared(.text())
            let number = try await exchange.shared(
                SharedValue("keys", from: .keys("keys")) { Int(String(decoding: $0.body, as: UTF8.self)) ?? 0 })
            let other = try await exchange.shared(SharedValue("other", from: .keys("keys")) { "\($0.body.count)" })
            return .person("\(one)-\(number)-\(other)")
        }
        #expect(try await upstream.subject(bench, 1) == "1-2-1")
        #expect(try await upstream.subject(bench, 2) == "1-2-1")
        #expect(upstream.requestCount == 3)
    }

    @Test("is never requested with a login's credential, nor by a provider that outlives its login")
    func credential() async throws {
        upstream.gate.open()
        let shared = SharedValue("keys", from: .redeeming(.ticket("ticket-1"))) { "\($0.body.count)" }
        let bench = try Bench(transport: upstream.transport) { _, exchange in
            try await .person(exchange.shared(shared))
        }
        #expect(try await bench.refusal().kind == .invalidCredential)
        #expect(bench.transport.sendings.isEmpty)

        let kept = Locked<ExchangeContext?>(nil)
        let other = try Bench(transport: upstream.transport) { _, exchange in
            kept.withLock { $0 = exchange }
            return .person
        }
        _ = try await other.login()
        let exchange = try #require(kept.withLock { $0 })
        let error = await #expect(throws: BrokerError.self) { try await exchange.refetched(.text()) }
        #expect(error?.kind == .cancelled)
        #expect(other.transport.sendings.isEmpty)
    }

    @Test("keeps secrets out of errors, logs and dumps")
    func secrecy() async throws {
        let transport = ScriptedTransport { request in
            UpstreamResponse(status: .ok, body: Array((request == .keys("token") ? Canary.token : "").utf8))
        }
        let token = SharedValue("token", from: .keys("token"), within: .token, lifetime: { _ in .seconds(60) }) {
            Secret(String(decoding: $0.body, as: UTF8.self))
        }
        let bench = try Bench(transport: transport) { _, exchange in
            let token = try await exchange.shared(token)
            exchange.logger.error("the token \(token.reveal())")
            throw BrokerError(.upstreamMisbehaved, "It does not like \(token.reveal()).")
        }
        let error = try await bench.refusal()
        #expect(Canary.found(in: error.message).isEmpty)
        #expect(Canary.found(in: bench.log.text).isEmpty)
        let values = try #require(bench.broker.entry(for: Bench.id)?.sharedValues)
        for rendering in Rendering.allCases {
            #expect(Canary.found(in: rendering.text(of: values)).isEmpty)
            #expect(Canary.found(in: rendering.text(of: SharedValue<String>.text(Canary.secret))).isEmpty)
        }
    }

    @Test("fails as a bug if a provider throws another error, and reports only its type")
    func defect() async throws {
        struct Odd: Error { let text = Canary.secret }
        upstream.gate.open()
        let shared = SharedValue<String>("keys", from: .keys("keys")) { _ in throw Odd() }
        let bench = try Bench(transport: upstream.transport) { _, exchange in
            try await .person(exchange.shared(shared))
        }
        #expect(try await bench.refusal().kind == .internalError)
        #expect(bench.log.mentions("Odd") && !bench.log.mentions(Canary.secret))
    }
}

extension Deadline {
    fileprivate static var far: Deadline { Deadline(in: .seconds(600), by: .system) }
}
