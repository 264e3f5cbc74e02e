import BrokerTokens
import Hummingbird
import IdentityBroker
import Logging
import Metrics
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// What a server rejects when overloaded, across all its connections.
final class Overload: Sendable {
    /// The answer to rejected requests.
    let refusal: (head: HTTPResponseHead, body: ByteBuffer)

    private struct Incomplete: Sendable {
        var requests: IncompleteRequests
        var channels: [IncompleteRequests.Number: any Channel] = [:]
    }

    private let guards: RequestGuards
    private let alwaysAnswered: Set<String>
    private let incomplete: Locked<Incomplete>
    private let counter = Counter(
        label: "broker_http_requests_total",
        dimensions: [("route", "none"), ("method", "other"), ("status", "503")]
    )
    private let unreported = Locked(0)

    /// - Parameters:
    ///   - guards: Know whether there is room.
    ///   - alwaysAnswered: The paths that are answered however busy the service is.
    init(_ guards: RequestGuards, alwaysAnswered: Set<String>) {
        self.guards = guards
        self.alwaysAnswered = alwaysAnswered
        incomplete = Locked(Incomplete(requests: IncompleteRequests(limit: guards.loadLimit.incompleteBytes)))
        let body = ByteBuffer(bytes: OAuthError.overloaded.json)
        let answer = Response(.overloaded)
        var headers = HTTPHeaders(answer.headers)
        headers.replaceOrAdd(name: "Content-Length", value: "\(body.readableBytes)")
        refusal = (HTTPResponseHead(version: .http1_1, status: .serviceUnavailable, headers: headers), body)
    }

    /// Whether clients are told to use another server.
    var isLeaving: Bool { guards.gate.isLeaving }

    /// Whether a request is answered without a place: those for operations.
    func needsNoPlace(_ request: HTTPRequestHead) -> Bool {
        alwaysAnswered.contains(String(RequestTarget.path(of: request.uri)))
    }

    /// Makes a place for a complete request.
    ///
    /// - Parameter size: How many bytes of it are kept while it waits.
    /// - Returns: The place, to be handed over when its turn has come; nil if the request is rejected.
    func makePlace(size: Int) -> Place? {
        let place = guards.places.join(size: size)
        if place == nil { countRefusal() }
        return place
    }

    /// Counts a rejected request.
    func countRefusal() {
        counter.increment()
        unreported.withLock { $0 += 1 }
    }

    /// Records an incomplete request on a channel.
    func beginIncomplete(on channel: any Channel) -> IncompleteRequests.Number {
        incomplete.withLock { incomplete in
            let number = incomplete.requests.begin()
            incomplete.channels[number] = channel
            return number
        }
    }

    /// Records how many bytes of it have arrived. If there are too many in total, the oldest requests are given up.
    func resizeIncomplete(_ number: IncompleteRequests.Number, to size: Int) {
        let channels = incomplete.withLock { incomplete in
            incomplete.requests.resize(number, to: size).compactMap { number in
                incomplete.channels.removeValue(forKey: number).map { (number, $0) }
            }
        }
        for (number, channel) in channels {
            channel.pipeline.fireUserInboundEventTriggered(IncompleteRequestGivenUp(number: number))
        }
    }

    /// Records that it is complete, or its connection gone.
    func endIncomplete(_ number: IncompleteRequests.Number) {
        incomplete.withLock { incomplete in
            incomplete.requests.end(number)
            incomplete.channels[number] = nil
        }
    }

    /// How many were rejected since the last call.
    func takeCount() -> Int {
        unreported.withLock { count in
            defer { count = 0 }
            return count
        }
    }

    /// Logs how many requests were rejected without their own log line.
    func report(to logger: Logger) {
        let count = takeCount()
        guard count > 0 else { return }
        logger.warning("requests were turned away", metadata: ["broker.requests": "\(count)"])
    }
}

/// The turn of the channel's waiting request has come.
struct PlaceAdmitted: Sendable {
    let place: Place
}

/// There is no longer room for the channel's incomplete request.
struct IncompleteRequestGivenUp: Sendable {
    /// Which one: before the channel's event loop receives this, the request may be complete, and followed by another.
    let number: IncompleteRequests.Number
}
