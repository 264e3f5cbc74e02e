import BrokerTesting
import CurlTransport
import Foundation
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider

/// Logins at an OpenID provider that behaves as told, through the real pipeline and transport.
struct Scenario {
    static let callbackURI = "https://app.example/callback"
    static let secret = "canary-secret-of-32-bytes-or-more-7"

    var behavior = Behavior()
    var settings: @Sendable (inout OpenIDConnectProvider.Settings) -> Void = { _ in }
    var allowsInsecureHTTP = false
    /// Records what is logged.
    var log: LogRecording?
    /// Holds each answer of the userinfo endpoint.
    var gate: Turnstile?

    init(_ change: (inout Behavior) -> Void = { _ in }) {
        change(&behavior)
    }

    /// The same with settings changed.
    func with(_ settings: @escaping @Sendable (inout OpenIDConnectProvider.Settings) -> Void) -> Scenario {
        var copy = self
        copy.settings = settings
        return copy
    }

    /// Runs with a broker that has one instance, `op`.
    func run<Value>(_ body: (Desk) async throws -> Value) async throws -> Value {
        let double = OpenIDProviderDouble(behavior)
        let upstream = try await FakeUpstream.start { request in
            guard let response = try? double.answer(request) else { return .respond(status: 599) }
            let script: ServerScript = [.respond(response)]
            return request.target == "/userinfo" ? gate.map { script.held(at: $0) } ?? script : script
        }
        let transport = try CurlTransport()
        let clock = TestClock(at: OpenIDProviderDouble.now)
        do {
            double.begin(at: upstream.baseURL)
            let broker = try broker(at: upstream, over: transport, clock)
            let value = try await body(Desk(broker: broker, double: double, upstream: upstream, clock: clock))
            await transport.shutdown()
            await upstream.stop()
            return value
        } catch {
            await transport.shutdown()
            await upstream.stop()
            throw error
        }
    }

    private func broker(at upstream: FakeUpstream, over transport: CurlTransport, _ clock: TestClock) throws -> Broker {
        var settings = OpenIDConnectProvider.Settings(
            issuer: upstream.baseURL, clientId: OpenIDProviderDouble.clientId,
            clientSecret: .literal(Secret(Self.secret)))
        self.settings(&settings)
        let brokerClock = BrokerClock(clock, now: clock.wallClock)
        let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
        let instance = try ProviderInstance(
            OpenIDConnectProvider.self, settings: settings, context: ProviderContext(id: "op", clock: brokerClock),
            network: NetworkPolicy(
                caFile: upstream.caFile,
                egress: EgressPolicy(allowedNetworks: loopback, allowsInsecureHTTP: allowsInsecureHTTP)))
        guard let log else { return try Broker(providers: [instance], transport: transport, clock: brokerClock) }
        return try Broker(providers: [instance], transport: transport, clock: brokerClock, logger: log.makeLogger())
    }

    /// One login by redirect.
    func login() async throws -> Identity {
        try await run { try await $0.login() }
    }

    /// The failure of a login by redirect, from its beginning on; nil if it succeeds.
    func failure() async throws -> BrokerError? {
        try await run { desk in await Self.failure { _ = try await desk.login() } }
    }

    static func outcome(_ body: () async throws -> Identity) async -> Result<Identity, BrokerError> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error))."))
        }
    }

    static func failure(_ body: () async throws -> Void) async -> BrokerError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error)).")
        }
    }
}

/// A broker with one instance, and the provider behind it.
struct Desk {
    let broker: Broker
    let double: OpenIDProviderDouble
    let upstream: FakeUpstream
    let clock: TestClock

    /// Begins a login, signs in at the provider, and ends it.
    func login(by responseMode: RedirectForm.ResponseMode = .query) async throws -> Identity {
        let start = try await broker.beginRedirect("op", returningTo: Scenario.callbackURI)
        let answer = double.callback(for: start.url)
        return try await broker.login("op", with: .callback(answer, of: start.flow, by: responseMode))
    }

    /// Presents an ID token that the provider issued to an app.
    func login(withNativeTokenFor nonce: String, presenting presented: String?) async throws -> Identity {
        try await broker.login("op", with: .idToken(try double.idToken(nonce: nonce), nonce: presented))
    }

    /// How many requests there were for this target.
    func count(of target: String) -> Int {
        upstream.requests.filter { $0.target == target }.count
    }
}
