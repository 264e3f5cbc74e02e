import BrokerConfiguration
import CurlTransport
import IdentityBroker
import LoopbackServer
import NIOConcurrencyHelpers

/// The setup for checking one rule: an upstream that behaves as instructed, and a transport to it.
struct ProviderBench<Fixture: ProviderFixture>: Sendable {
    typealias Person = ProviderConformance.Person

    let fixture: Fixture
    /// How long to wait for something that should happen at once. Shorter than the check may take, so that the check
    /// reports what did not happen.
    let patience: Duration
    let upstream: FakeUpstream
    let stage: UpstreamStage<Fixture>
    let transport: CurlTransport
    let store = MemoryStore()
    let clock = TestClock(at: ProviderConformance.now)
    /// The configuration of almost every login, once it was read.
    let usualConfiguration = NIOLockedValueBox<Configuration?>(nil)
    private let serials: SerialNumbers

    static func open(for kit: ProviderRules<Fixture>) async throws -> ProviderBench {
        let fixture = kit.fixture
        let stage = UpstreamStage(fixture)
        let transport = try CurlTransport(connectionPoolSize: 64)
        do {
            let upstream = try await FakeUpstream.start { stage.answer($0) }
            return ProviderBench(kit, upstream: upstream, stage: stage, transport: transport)
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    func close() async {
        await transport.shutdown()
        await upstream.stop()
    }

    private init(
        _ kit: ProviderRules<Fixture>,
        upstream: FakeUpstream,
        stage: UpstreamStage<Fixture>,
        transport: CurlTransport
    ) {
        fixture = kit.fixture
        patience = kit.patience / 3
        serials = kit.serials
        self.upstream = upstream
        self.stage = stage
        self.transport = transport
    }

    /// A person at another login. The same number is the same person.
    func person(_ number: Int = 1) -> Person {
        Person(number: number, serial: serials.next())
    }

    /// Lets the time of every login under way expire.
    func passDeadline() {
        clock.advance(by: .seconds(InstanceDocument.timeout))
    }

    /// The clock in the form that a broker takes.
    var brokerClock: BrokerClock { BrokerClock(clock, now: clock.wallClock) }
}

extension ProviderBench {
    /// Sends a person to each of the faults, over a transport without earlier connections.
    func forEachVisit(
        under faults: [(String, HandshakeFault)],
        _ body: (_ visit: Visit, _ circumstances: String) async throws -> Void
    ) async throws {
        for (name, fault) in faults {
            let transport = try CurlTransport(connectionPoolSize: 4)
            let outcome = await Outcome {
                let visit = try await visit(over: carrying(people: transport))
                try await fetchAppToken(at: visit)
                upstream.enqueue(.init(name, handshake: fault))
                try await body(visit, name)
            }
            await transport.shutdown()
            try outcome.get()
        }
    }

    /// The login of a person whom the upstream refuses like this.
    func login(under refusal: UpstreamRefusal) async throws -> Attempt {
        try await login(Treatment(answers: [refusal.request: { _ in [.respond(refusal.response(AnswerFault.words))] }]))
    }

    /// The login of a person whose answers have this fault; nil if the upstream's answers cannot have it.
    ///
    /// Only the requests of a login show whether the fixture has such answers, so this logs the person in first.
    func login(as variant: ProviderConformance.Variant) async throws -> Attempt? {
        let person = person()
        let attempt = try await login(of: person, Treatment(variant: variant))
        let isPossible = requests(of: person).allSatisfy { request in
            stage.fixtureResponse(to: request, about: person, as: variant) != nil
        }
        return isPossible ? attempt : nil
    }
}

extension ProviderConformance.Variant {
    /// Every variant that must not be admitted.
    static let refused = identifiers + standings + addressees + [.anyLogin, .unknownKey]
    static let identifiers = ProviderConformance.IdentifierFault.allCases.map { Self.identifier($0) }
    static let standings = [AccountStanding.blocked, .deleted, .suspended, .unrecognized].map { Self.standing($0) }

    static let addressees: [Self] = [.anotherAudience, .anotherLogin]

    /// The variant in a few words.
    var circumstances: String {
        switch self {
        case .correct: "a correct answer"
        case .identifier(let fault): "an answer whose id is \(fault)"
        case .standing(let standing): "a person who is \(standing)"
        case .anotherAudience: "an answer that was made for another app"
        case .anotherLogin: "an answer that was made for another login"
        case .anyLogin: "an answer that does not say which login it was made for"
        case .unknownKey: "an answer that is signed with an unknown key"
        }
    }
}

/// Unique numbers: across the benches of a kit, and across kits.
final class SerialNumbers: Sendable {
    private let last = NIOLockedValueBox(Int.random(in: 0..<1 << 48))

    func next() -> Int {
        last.withLockedValue { last in
            last += 1
            return last
        }
    }
}
