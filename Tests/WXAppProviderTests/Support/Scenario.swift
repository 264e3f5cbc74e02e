import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import Logging
import WXAppProvider

/// A login with the documented user pool, through the real pipeline, against a scripted upstream.
struct Scenario {
    static let userPoolId = "5e4cdd055df3df65dc58b97d"
    static let userId = "5e57540f84622ae263294a42"
    static let openid = "o1p9H4wAgb9uTqpxG5Z1g0pIr3FE"
    static let unionid = "o0pqE6Fbr5M-exSu_PeL_sjwN44U"
    static let secret = "canary-user-pool-secret"
    static let ticket = "canary.ticket.eyJhbGciOiJIUz"
    /// Within the lifetime of the documented token, which ends on 13 March 2020.
    static let now = Date(timeIntervalSince1970: 1_582_781_700)

    /// The smallest valid record.
    static let record: JSON = ["_id": .string(userId)]

    var answer: UpstreamResponse
    var settings = WXAppProvider.Settings(userPoolId: userPoolId, secret: .literal(Secret(secret)))
    var now = Scenario.now
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    /// The upstream answers with the smallest record and these members.
    init(record members: [String: JSON?], settings: WXAppProvider.Settings? = nil) throws {
        self.init(answer: try .json(Self.record.with(members)))
        self.settings = settings ?? self.settings
    }

    /// The upstream answers with the smallest record and this WeChat profile in it.
    init(profile: JSON, record members: [String: JSON?] = [:]) throws {
        try self.init(record: members.merging(["oauth": try profile.embedded]) { _, profile in profile })
    }

    init(answer: UpstreamResponse) {
        self.answer = answer
    }

    /// Logs in.
    func identity() async throws(BrokerError) -> Identity {
        try await run(over: ScriptedTransport(answer))
    }

    /// Logs in, and returns the expected failure.
    func failure() async -> BrokerError? {
        do throws(BrokerError) {
            _ = try await identity()
            return nil
        } catch {
            return error
        }
    }

    func run(over transport: ScriptedTransport) async throws(BrokerError) -> Identity {
        let now = now
        // A stopped clock, so that the result does not depend on how busy the machine is.
        let clock = BrokerClock(TestClock(), now: { now })
        let context = ProviderContext(id: "wxapp", clock: clock, logger: logger)
        let instance: ProviderInstance
        do {
            instance = try ProviderInstance(WXAppProvider.self, settings: settings, context: context)
        } catch {
            throw error as? BrokerError ?? BrokerError(.internalError, "The provider threw \(type(of: error)).")
        }
        let broker = try Broker(providers: [instance], transport: transport, clock: clock, logger: logger)
        return try await broker.login("wxapp", with: .ticket(Self.ticket))
    }
}

/// Gives every request the same answer, and records it.
final class ScriptedTransport: UpstreamTransport {
    private let answer: UpstreamResponse
    private let recorded = Locked<[UpstreamRequest]>([])

    init(_ answer: UpstreamResponse) {
        self.answer = answer
    }

    var requests: [UpstreamRequest] { recorded.withLock { $0 } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        recorded.withLock { $0.append(request) }
        return answer
    }
}

extension UpstreamResponse {
    /// An answer whose body is this JSON.
    static func json(_ body: JSON, status: Int = 200, headerFields: HTTPFields = [:]) throws -> UpstreamResponse {
        .text(try body.text, status: status, headerFields: headerFields)
    }

    /// An answer whose body is this text.
    static func text(_ body: String, status: Int = 200, headerFields: HTTPFields = [:]) -> UpstreamResponse {
        UpstreamResponse(status: .init(code: status), headerFields: headerFields, body: Array(body.utf8))
    }
}

/// Records everything that is logged, as text.
struct RecordingLogHandler: LogHandler {
    let lines: Locked<[String]>
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.withLock { $0.append("\(event.message) \(metadata) \(event.metadata ?? [:])") }
    }
}
