import BrokerTokens
import Hummingbird
import IdentityBroker
import Logging
import Metrics
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// What a server turns away because it has more to do than it can, on all of its connections.
final class Overload: Sendable {
    /// The answer to whatever is turned away.
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
    ///   - guards: What knows whether there is room.
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

    /// Whether clients are told to go to another server.
    var isLeaving: Bool { guards.gate.isLeaving }

    /// Whether a request is answered without a place: what the service is operated with.
    func needsNoPlace(_ request: HTTPRequestHead) -> Bool {
        alwaysAnswered.contains(String(RequestTarget.path(of: request.uri)))
    }

    /// A place for a request that is complete.
    ///
    /// - Parameter size: How many bytes are kept of it if it waits.
    /// - Returns: The place, to be handed over when its turn has come; nil if the request is turned away.
    func makePlace(size: Int) -> Place? {
        let place = guards.places.join(size: size)
        if place == nil { countRefusal() }
        return place
    }

    /// A request is turned away.
    func countRefusal() {
        counter.increment()
        unreported.withLock { $0 += 1 }
    }

    /// A request on a channel is not complete yet.
    func beginIncomplete(on channel: any Channel) -> IncompleteRequests.Number {
        incomplete.withLock { incomplete in
            let number = incomplete.requests.begin()
            incomplete.channels[number] = channel
            return number
        }
    }

    /// So many bytes of it have come by now. Where there are too many, the oldest requests are given up.
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

    /// It is complete, or its connection is gone.
    func endIncomplete(_ number: IncompleteRequests.Number) {
        incomplete.withLock { incomplete in
            incomplete.requests.end(number)
            incomplete.channels[number] = nil
        }
    }

    /// How many were turned away since this was asked last.
    func takeCount() -> Int {
        unreported.withLock { count in
            defer { count = 0 }
            return count
        }
    }

    /// Logs how many requests were turned away before they had a line of their own.
    func report(to logger: Logger) {
        let count = takeCount()
        guard count > 0 else { return }
        logger.warning("requests were turned away", metadata: ["broker.requests": "\(count)"])
    }
}

/// The turn of a request has come that the channel keeps.
struct PlaceAdmitted: Sendable {
    let place: Place
}

/// A request on the channel is incomplete, and there is no longer room for it.
struct IncompleteRequestGivenUp: Sendable {
    /// Which one: it may be complete, and followed by another, before the channel's event loop gets to know.
    let number: IncompleteRequests.Number
}
