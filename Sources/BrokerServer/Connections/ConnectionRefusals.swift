import BrokerTokens
import CoreMetrics
import HTTPTypes
import Hummingbird
import IdentityBroker
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Answers input that never becomes a request as requests are answered: with an id, a metric, and a log line unless
/// there are too many.
final class ConnectionRefusals: Sendable {
    /// In a flood, further lines add nothing to the first ones.
    static let linesPerSecond = 20

    private let guards: RequestGuards
    private let identifiers: IdentifierSource
    private let isSecure: Bool
    private let metrics = MetricsSystem.factory
    private let logger: Logger
    private let lines = Locked(LineBudget(linesPerSecond: linesPerSecond))

    /// - Parameters:
    ///   - guards: Knows which proxies are trusted.
    ///   - identifiers: The source of request ids.
    ///   - isSecure: Whether connections use TLS.
    ///   - logger: Gets the lines.
    init(_ guards: RequestGuards, identifiers: IdentifierSource, isSecure: Bool, logger: Logger) {
        self.guards = guards
        self.identifiers = identifiers
        self.isSecure = isSecure
        self.logger = logger
    }

    /// Creates and records the answer.
    ///
    /// - Parameters:
    ///   - refusal: The reason.
    ///   - head: The request head, if it could be read.
    ///   - peer: The other end of the connection.
    func answer(
        to refusal: RequestRefusal,
        _ head: HTTPRequestHead?,
        from peer: SocketAddress?
    ) -> (head: HTTPResponseHead, body: ByteBuffer) {
        let fields = head.map { HTTPFields($0.headers, splitCookie: false) } ?? [:]
        let address = peer?.ipAddress.flatMap { ClientAddress($0) } ?? .unknown
        let origin = guards.trust.origin(of: address, overTLS: isSecure, fields)
        let id = RequestID.of(fields, cameThroughProxy: origin.cameThroughProxy, identifiers)
        var response = Response(refusal)
        if let name = HTTPField.Name("X-Request-ID") { response.headers[name] = id.description }
        let body = ByteBuffer(bytes: refusal.error.json)
        response.headers[.contentLength] = "\(body.readableBytes)"
        response.headers[.date] = HTTPDate.text(at: guards.clock.now())
        let record = RequestRecord(
            route: nil,
            method: head.flatMap { try? HTTPRequest.Method($0.method) },
            status: response.status,
            // If the request is unreadable, so is the client for whom a proxy forwards it.
            address: head == nil && origin.cameThroughProxy ? .unknown : origin.address
        )
        record.count(in: metrics)
        if lines.withLock({ $0.take(at: guards.clock.uptime()) }) {
            var logger = logger
            logger[metadataKey: "hb.request.id"] = "\(id)"
            record.log(.zero, to: logger, ["http.refusal": "\(refusal.rawValue)"])
        }
        return (HTTPResponseHead(HTTPResponse(status: response.status, headerFields: response.headers)), body)
    }

    /// How many refusals were not logged since the last call.
    func takeUnlogged() -> Int {
        lines.withLock { $0.takeUnwritten() }
    }

    /// Logs how many refusals had no log line of their own.
    func report() {
        let count = takeUnlogged()
        guard count > 0 else { return }
        logger.warning("requests were refused on their connections", metadata: ["broker.requests": "\(count)"])
    }
}

/// Limits log lines of one kind to the first ones of each second. The others are counted.
struct LineBudget: Sendable, Hashable {
    private let linesPerSecond: Int
    private var second: Int64 = -1
    private var written = 0
    private var unwritten = 0

    init(linesPerSecond: Int) {
        self.linesPerSecond = linesPerSecond
    }

    /// Whether a line may be written now.
    ///
    /// - Parameter now: The time since any fixed instant.
    mutating func take(at now: Duration) -> Bool {
        if now.components.seconds != second {
            second = now.components.seconds
            written = 0
        }
        guard written < linesPerSecond else {
            unwritten += 1
            return false
        }
        written += 1
        return true
    }

    /// How many lines were not written since the last call.
    mutating func takeUnwritten() -> Int {
        defer { unwritten = 0 }
        return unwritten
    }
}
