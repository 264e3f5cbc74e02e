import BrokerTesting
import CurlTransport
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON

@testable import OAuth2Provider

/// Logins at an upstream that answers as told, through the real pipeline and transport.
struct Scenario: Sendable {
    static let clientId = "client-1"
    static let secret = "canary-secret-of-the-client"
    static let code = "code-canary-5ff1"
    static let accessToken = "access-canary-8c2e"

    var declaration = Scenario.example
    var settings: @Sendable (inout OAuth2Provider.Settings) -> Void = { _ in }
    /// What the upstream answers; nil for a right answer.
    var tokenAnswer: ServerResponse?
    var profileAnswer: ServerResponse?
    var emailsAnswer: ServerResponse?
    /// Holds each answer about e-mail addresses.
    var gate: Turnstile?
    /// What the browser brings back.
    var callback: @Sendable (inout [String: String]) -> Void = { _ in }

    /// An upstream that is as standard as can be.
    static var example: Declaration {
        var declaration = Declaration()
        declaration.issuer = "https://id.example"
        declaration.authorization.url = "https://{host}/authorize"
        declaration.token.url = "https://{host}/token"
        declaration.profile.url = "https://{host}/profile"
        declaration.subject = ["/id"]
        declaration.claims = ["name": "/name", "email": "/email"]
        declaration.emailVerified = [Condition(at: "/email_verified")]
        return declaration
    }

    init(_ change: (inout Scenario) -> Void = { _ in }) {
        change(&self)
    }

    /// A scenario in which the record is this.
    init(record: JSONValue, _ change: (inout Declaration) -> Void = { _ in }) {
        profileAnswer = .json(record)
        change(&declaration)
    }

    /// Runs with a broker that has one instance, `id`.
    func run<Value>(_ body: (Desk) async throws -> Value) async throws -> Value {
        let scenario = self
        let upstream = try await FakeUpstream.start { request in
            let script: ServerScript = [.respond(scenario.answer(to: request))]
            return request.target.hasPrefix("/emails") ? scenario.gate.map { script.held(at: $0) } ?? script : script
        }
        let transport = try CurlTransport()
        let clock = TestClock(at: Date(timeIntervalSince1970: 1_767_323_045))
        do {
            let desk = Desk(
                broker: try broker(at: upstream, over: transport, clock), upstream: upstream, clock: clock,
                callback: callback)
            let value = try await body(desk)
            await transport.shutdown()
            await upstream.stop()
            return value
        } catch {
            await transport.shutdown()
            await upstream.stop()
            throw error
        }
    }

    private func answer(to request: ReceivedRequest) -> ServerResponse {
        switch request.target.prefix(while: { $0 != "?" }) {
        case "/token", "/login/oauth/access_token":
            tokenAnswer
                ?? .json(["access_token": .string(Self.accessToken), "token_type": "bearer", "openid": "person-1"])
        case "/profile", "/api/v1/user":
            profileAnswer
                ?? .json(["id": "person-1", "name": "Ada", "email": "ada@people.example", "email_verified": true])
        case "/emails", "/api/v1/user/emails": emailsAnswer ?? .json([])
        default: ServerResponse(status: 404)
        }
    }

    /// The settings for an upstream at this authority.
    func settings(at authority: String) -> OAuth2Provider.Settings {
        var settings = OAuth2Provider.Settings(
            declaration: declaration, clientId: Self.clientId, clientSecret: .literal(Secret(Self.secret)))
        settings.host = authority
        self.settings(&settings)
        return settings
    }

    private func broker(
        at upstream: FakeUpstream,
        over transport: CurlTransport,
        _ clock: TestClock
    ) throws -> Broker {
        let brokerClock = BrokerClock(clock, now: clock.wallClock)
        let authority = String(upstream.baseURL.dropFirst("https://".count))
        let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
        let instance = try ProviderInstance(
            OAuth2Provider.self, settings: settings(at: authority),
            context: ProviderContext(id: "id", clock: brokerClock),
            network: NetworkPolicy(caFile: upstream.caFile, egress: EgressPolicy(allowedNetworks: loopback)))
        return try Broker(providers: [instance], transport: transport, clock: brokerClock)
    }

    /// One login by redirect.
    func login() async throws -> Identity {
        try await run { try await $0.login() }
    }

    /// The failure of a login by redirect, from its beginning on; nil if it succeeds.
    func failure() async throws -> BrokerError? {
        try await run { desk in await Self.failure { _ = try await desk.login() } }
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

/// A broker with one instance, and the upstream behind it.
struct Desk {
    let broker: Broker
    let upstream: FakeUpstream
    let clock: TestClock
    let callback: @Sendable (inout [String: String]) -> Void

    /// Begins a login, signs in at the upstream, and ends it.
    func login() async throws -> Identity {
        let start = try await broker.beginRedirect("id", returningTo: "https://app.example/callback")
        var answer = ["code": Scenario.code, "state": FormText.query(of: start.url)["state"] ?? ""]
        callback(&answer)
        let text = answer.map { "\($0)=\(FormText.encode($1))" }.joined(separator: "&")
        return try await broker.login("id", with: .callback(text, of: start.flow))
    }

    /// The requests for this path, with their parameters.
    func requests(for path: String) -> [(request: ReceivedRequest, query: [String: String], form: [String: String])] {
        upstream.requests.filter { $0.target.prefix { $0 != "?" } == path }.map { request in
            (request, FormText.query(of: request.target), FormText.decode(request.bodyText))
        }
    }
}
