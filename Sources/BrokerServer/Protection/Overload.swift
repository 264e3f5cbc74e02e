import BrokerTokens
import HTTPTypes
import Hummingbird
import HummingbirdCore
import IdentityBroker
import Metrics
import NIOCore

/// What a server turns away because it has more to do than it can, on all of its connections.
final class Overload: Sendable {
    /// The answer to whatever is turned away.
    let refusal: (head: HTTPResponse, body: ByteBuffer)

    private let guards: RequestGuards
    private let alwaysAnswered: Set<String>
    private let counter = Counter(
        label: "broker_http_requests_total",
        dimensions: [("route", "none"), ("method", "other"), ("status", "503")]
    )
    private let unreported = Locked(0)

    /// - Parameters:
    ///   - guards: What knows whether there is room.
    ///   - alwaysAnswered: The paths that are answered however busy the service is.
    init(_ guards: RequestGuards, alwaysAnswered: Set<String>) {
        self.guards = guards
        self.alwaysAnswered = alwaysAnswered
        let body = ByteBuffer(bytes: OAuthError.overloaded.json)
        let answer = Response(.overloaded, challenge: nil)
        var head = HTTPResponse(status: answer.status, headerFields: answer.headers)
        head.headerFields[.contentLength] = "\(body.readableBytes)"
        refusal = (head, body)
    }

    /// Whether a request is answered without a place: what the service is operated with; and while it is stopped any, since
    /// then requests are told so.
    func needsNoPlace(_ request: HTTPRequest) -> Bool {
        alwaysAnswered.contains(String(request.path?.prefix { $0 != "?" } ?? "")) || guards.gate.isDraining
    }

    /// A place for a request.
    ///
    /// - Returns: Whether there is one, and ``release()`` has to follow; if there is none the request is turned away.
    func reserve() -> Bool {
        guard guards.shedder.withLock({ $0.reserve(at: guards.clock.uptime()) }) else {
            counter.increment()
            unreported.withLock { $0 += 1 }
            return false
        }
        return true
    }

    /// Gives a place back.
    func release() {
        guards.shedder.withLock { $0.release() }
    }

    /// How many were turned away since this was asked last.
    func takeCount() -> Int {
        unreported.withLock { count in
            defer { count = 0 }
            return count
        }
    }
}
