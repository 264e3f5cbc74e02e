import BrokerObservability
import BrokerServing
import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import Hummingbird
import IdentityBroker
import Logging
import LoopbackServer
import NIOCore

@testable import BrokerServer

/// The whole service without a network: every request goes through the router, as it would from a socket.
// Composed by hand: `BrokerService` takes neither a clock that stands still nor a store that a test can fill up.
struct ServiceBench: Sendable {
    let clock = TestClock()
    let log = LogRecording()
    let store: MemoryStore
    let broker: Broker
    let keys: SigningKeys
    let tokens: TokenService
    let endpoints: BrokerEndpoints

    private let responder: RouterResponder<BenchRequestContext>

    init(
        limits: RequestLimits = RequestLimits(),
        bounds: RequestBounds = RequestBounds(),
        clients: [TokenClient]? = nil,
        providers: [ProviderInstance]? = nil,
        pages: LoginPages = LoginPages(),
        trust: ProxyTrust = ProxyTrust(),
        metrics: PrometheusRegistry? = nil,
        configuration: (@Sendable () -> ConfigurationStatus)? = nil,
        issuer: String = ServiceBench.issuer,
        store full: FullStore? = nil,
        preparesKeys: Bool = true
    ) async throws {
        let memory = full?.memory ?? MemoryStore()
        let store: any BrokerStore = full ?? memory
        let clock = BrokerClock(clock, now: clock.wallClock)
        self.store = memory
        let instances = try ["tickets", "other"].map { id in
            try ProviderInstance(
                TicketProvider.self, settings: TicketProvider.Settings(opensApp: id == "tickets"),
                context: ProviderContext(id: ProviderID(id) ?? "tickets"))
        }
        broker = try Broker(
            providers: providers ?? instances, transport: NoTransport(), store: store, clock: clock,
            logger: log.makeLogger())
        keys = SigningKeys(
            store: store, encryptionKey: .ephemeral(), algorithms: [.es256], clock: clock, logger: log.makeLogger())
        if preparesKeys { try await keys.prepare() }
        tokens = try TokenService(
            issuer: issuer,
            clients: ClientDirectory(clients ?? Self.clients()),
            broker: broker,
            store: store,
            keys: keys,
            clock: clock,
            logger: log.makeLogger()
        )
        endpoints = try BrokerEndpoints(
            tokens,
            limits: limits,
            bounds: bounds,
            trust: trust,
            pages: pages,
            metrics: metrics,
            configuration: configuration,
            clock: clock,
            logger: log.makeLogger()
        )
        let router = Router(context: BenchRequestContext.self)
        router.middlewares.add(endpoints.scope())
        endpoints.addScoped(to: router)
        responder = router.buildResponder()
    }

    static let issuer = "https://login.example.com"
    static let secret = "a client secret of enough bytes"
    static let api = "https://api.example.com"

    /// `app` and `stranger` have the secret; `phone` is public and may exchange.
    static func clients() throws -> [TokenClient] {
        [
            try TokenClient(id: "app", authentication: .secret(Secret(secret)), audiences: [api]),
            try TokenClient(
                id: "stranger", authentication: .secret(Secret(secret)), audiences: ["https://other.example.com"]),
            try TokenClient(
                id: "phone", authentication: .none, audiences: [api], redeemsTicketsWithoutAuthentication: true),
        ]
    }

    /// Sends a request and returns the answer.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        headers: HTTPFields = [:],
        body: RequestBody = RequestBody(buffer: ByteBuffer()),
        from address: String = "192.0.2.7"
    ) async throws -> Answer {
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let context = BenchRequestContext(
            source: BenchRequestContext.Source(
                logger: log.makeLogger(), remoteAddress: try SocketAddress(ipAddress: address, port: 4711)))
        let response = try await responder.respond(to: Request(head: head, body: body), context: context)
        let writer = CollectingWriter()
        try await response.body.write(writer)
        return Answer(status: Int(response.status.code), headers: response.headers, body: writer.data)
    }

    /// Posts a form, as the client `app` unless told otherwise.
    func post(
        _ path: String,
        _ form: [(String, String)],
        as credentials: String? = "app:\(ServiceBench.secret)",
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await post(
            path, raw: form.map { "\($0.0.encoded)=\($0.1.encoded)" }.joined(separator: "&"), as: credentials, headers)
    }

    /// Posts a body unchanged.
    func post(
        _ path: String,
        raw body: String,
        as credentials: String? = "app:\(ServiceBench.secret)",
        _ additions: HTTPFields = [:]
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        if let credentials {
            let encoded = credentials.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).encoded
            }.joined(
                separator: ":")
            headers[.authorization] = "Basic \(Data(encoded.utf8).base64EncodedString())"
        }
        for field in additions { headers[field.name] = field.value.isEmpty ? nil : field.value }
        return try await send(.post, path, headers: headers, body: RequestBody(buffer: ByteBuffer(string: body)))
    }

    /// Exchanges a ticket.
    func exchange(
        _ ticket: String = "alice.1",
        scope: String = "openid profile email",
        as credentials: String? = "app:\(ServiceBench.secret)"
    ) async throws -> Answer {
        try await post("/oauth2/token", .exchange(ticket) + [("scope", scope)], as: credentials)
    }
}

extension [(String, String)] {
    /// The parameters of a token exchange.
    static func exchange(_ ticket: String = "alice.1") -> [(String, String)] {
        [
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("provider", "tickets"),
            ("subject_token", ticket), ("subject_token_type", "urn:identity-broker:token-type:ticket"),
        ]
    }

    /// The same with these values for a parameter instead of its own.
    func replacing(_ name: String, _ values: String...) -> [(String, String)] {
        filter { $0.0 != name } + values.map { (name, $0) }
    }
}

extension String {
    fileprivate var encoded: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

/// A request context with a peer that a test chooses.
struct BenchRequestContext: RequestContext, RemoteAddressRequestContext {
    struct Source: RequestContextSource {
        let logger: Logger
        let remoteAddress: SocketAddress?
    }

    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.remoteAddress
    }
}

/// The service's answer.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: Data

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
    }

    /// The text at a member of the body.
    subscript(member: String) -> String? { json[member] as? String }
}

/// Collects what a response writes.
struct CollectingWriter: ResponseBodyWriter {
    private let bytes = Monitor<[UInt8]>([])

    var data: Data { Data(bytes.snapshot) }

    mutating func write(_ buffer: ByteBuffer) async throws {
        bytes.withState { $0 += buffer.readableBytesView }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
