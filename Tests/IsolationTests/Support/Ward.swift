import BrokerTesting
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

/// A broker with two providers: one with a healthy upstream, the other with a failing one.
struct Ward: Sendable {
    static let healthy: ProviderID = "healthy"
    static let sick: ProviderID = "sick"
    /// When logins at the failing provider are stopped.
    static let breaker = CircuitBreakerLimit(failures: 20, openFor: .seconds(10))
    /// The number of logins that may be in flight at the failing provider.
    static let room = 16

    let broker: Broker
    /// The broker's clock. It does not move, so that no login misses its deadline on a busy machine.
    let clock: TestClock
    let cure: Latch

    static func open(
        for sickness: Sickness,
        breaker: CircuitBreakerLimit? = breaker,
        _ body: (Ward) async throws -> Void
    ) async throws {
        let sickLimits = ProviderLimits(
            concurrency: room, queue: room, breaker: breaker, responseSize: 1024 * 1024)
        let cure = Latch()
        let count = Counter()
        try await FakeUpstream.withUpstream { request in
            redeem(request)
        } _: { healthy in
            try await FakeUpstream.withUpstream { request in
                cure.isSet ? redeem(request) : sickness.script(for: count.next())
            } _: { sick in
                let curl = try CurlTransport()
                let transport = SickRoomTransport(
                    base: curl,
                    authority: try #require(UpstreamURL(sick.baseURL)).authority,
                    sickness: sickness,
                    cure: cure
                )
                let clock = TestClock()
                let broker = try Broker(
                    providers: [
                        instance(Self.healthy, of: healthy, limits: ProviderLimits()),
                        instance(Self.sick, of: sick, limits: sickLimits),
                    ],
                    transport: transport,
                    clock: BrokerClock(clock, now: clock.wallClock)
                )
                try await body(Ward(broker: broker, clock: clock, cure: cure))
                await curl.shutdown()
            }
        }
    }

    /// One login; nil for a success.
    func login(at id: ProviderID, with ticket: String) async -> BrokerError? {
        do {
            _ = try await broker.login(id, with: .ticket(ticket))
            return nil
        } catch {
            return error
        }
    }

    /// As many simultaneous logins at the failing provider as it admits.
    func crowd(_ name: String) async {
        await withTaskGroup { group in
            for number in 0..<Self.room {
                group.addTask { _ = await login(at: Ward.sick, with: "\(name)-\(number)") }
            }
        }
    }

    /// The subject is the ticket reversed: the broker refuses an id that repeats a credential.
    private static func redeem(_ request: ReceivedRequest) -> ServerScript {
        .respond(body: request.body.reversed())
    }

    private static func instance(
        _ id: ProviderID,
        of upstream: FakeUpstream,
        limits: ProviderLimits
    ) throws -> ProviderInstance {
        let networks = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
        return try ProviderInstance(
            TicketProvider.self,
            settings: TicketProvider.Settings(baseURL: #require(UpstreamURL(upstream.baseURL))),
            context: ProviderContext(id: id),
            limits: limits,
            network: NetworkPolicy(caFile: upstream.caFile, egress: EgressPolicy(allowedNetworks: networks))
        )
    }
}

/// What is wrong with an upstream.
enum Sickness: CaseIterable, Sendable, CustomTestStringConvertible {
    case hanging, flooding, crashing

    /// What it does with a request while it is failing.
    func script(for request: Int) -> ServerScript {
        switch self {
        case .hanging: request.isMultiple(of: 2) ? .hang : .hangAfterHeaders
        case .flooding: request.isMultiple(of: 2) ? .endlessBody : .endlessHeaders
        case .crashing: request.isMultiple(of: 2) ? .reset : .close
        }
    }

    var testDescription: String { "\(self)" }
}

/// Replaces the broker's clock, which does not move, for requests to the failing upstream: a hanging request ends after
/// a while. Every other request has as long as a busy machine takes.
struct SickRoomTransport: UpstreamTransport {
    let base: any UpstreamTransport
    /// The authority of the upstream that may hang.
    let authority: String
    let sickness: Sickness
    let cure: Latch

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let mayHang = sickness == .hanging && request.head.authority == authority && !cure.isSet
        var policy = policy
        policy.connectTimeout = .patience
        return try await base.send(request, under: policy, within: mayHang ? .milliseconds(300) : .patience)
    }
}

extension Duration {
    /// Longer than anything that is meant to finish, even on a busy machine.
    static let patience = Duration.seconds(240)
}
