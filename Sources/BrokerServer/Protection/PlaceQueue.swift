import CoreMetrics
import IdentityBroker
import Metrics

/// Gives requests their places: at once while there is room, otherwise in order of arrival.
final class PlaceQueue: Sendable {
    fileprivate struct State: Sendable {
        var shedder: LoadShedder
        var waiting = ArrivalOrder<Place>()
        var waitingBytes = 0
    }

    private let state: Locked<State>
    private let clock: BrokerClock
    private let patience: Duration
    private let mostWaitingBytes: Int
    private let metrics = PlaceMetrics()

    init(_ limit: LoadLimit, clock: BrokerClock) {
        // The queue may prove slower than it was when the request joined.
        patience = limit.wait * 2
        mostWaitingBytes = limit.waitingBytes
        state = Locked(State(shedder: LoadShedder(limit)))
        self.clock = clock
    }

    /// How many requests are being processed.
    var inside: Int { state.withLock { $0.shedder.inside } }

    /// How many wait for their turn.
    var waiting: Int { state.withLock { $0.shedder.waiting } }

    /// Makes a place for a complete request.
    ///
    /// - Parameter size: How many bytes of it are kept while it waits.
    /// - Returns: The place, which may have to wait for its turn; nil if the request is to be rejected.
    func join(size: Int = 0) -> Place? {
        let now = clock.uptime()
        return change { state in
            guard !state.shedder.isBusy || state.waitingBytes + size <= mostWaitingBytes else { return nil }
            switch state.shedder.enter(at: now) {
            case .admitted: return Place(in: self, isWaiting: false, size: size, at: now)
            case .waits:
                let place = Place(in: self, isWaiting: true, size: size, at: now)
                state.append(place)
                return place
            case .refused: return nil
            }
        }
    }

    /// Whether a request has waited too long.
    func isLate(_ place: Place) -> Bool { clock.uptime() - place.joined > patience }

    /// Waits for a place, and takes it over.
    ///
    /// - Returns: The place; nil if the request is to be rejected, or if its task was cancelled before its turn.
    func next() async -> Place? {
        guard let place = join() else { return nil }
        let (turn, signal) = AsyncStream<Never>.makeStream()
        if place.waitForTurn({ signal.finish() }) {
            // It ends when the turn has come or the task is cancelled.
            for await _ in turn {}
        }
        guard !place.isLate, place.takeOver() else {
            place.withdraw()
            return nil
        }
        return place
    }

    /// Readmits a request after a wait outside.
    func reenter() {
        let now = clock.uptime()
        change { $0.shedder.reenter(at: now) }
    }

    /// Records that a request is answered, given up, or begins a wait outside.
    ///
    /// - Parameter isFirst: Whether it leaves for the first time.
    func leave(isFirst: Bool) {
        let now = clock.uptime()
        admit(change { $0.leave(isFirst: isFirst, at: now) }, at: now)
    }

    /// Records that a request is given up before its turn.
    func abandon(_ place: Place) {
        let now = clock.uptime()
        let next = change { state -> Place? in
            // Its turn may have come since it was given up.
            guard state.waiting.contains(place) else { return state.leave(isFirst: false, at: now) }
            state.remove(place)
            state.shedder.abandon(at: now)
            return nil
        }
        admit(next, at: now)
    }

    private func admit(_ place: Place?, at now: Duration) {
        guard let place else { return }
        metrics.wait.record(duration: now - place.joined)
        place.admit()
    }

    private func change<Result>(_ body: (inout State) -> Result) -> Result {
        state.withLock { state in
            let result = body(&state)
            // Under the lock, so that an older number never replaces a newer one.
            metrics.inside.set(state.shedder.inside)
            metrics.waiting.set(state.shedder.waiting)
            return result
        }
    }
}

extension PlaceQueue.State {
    fileprivate mutating func append(_ place: Place) {
        waiting.append(place)
        waitingBytes += place.size
    }

    fileprivate mutating func remove(_ place: Place) {
        waiting.remove(place)
        waitingBytes -= place.size
    }

    /// - Returns: The place whose turn it is now.
    fileprivate mutating func leave(isFirst: Bool, at now: Duration) -> Place? {
        guard shedder.leave(isFirst: isFirst, at: now), let next = waiting.oldest else { return nil }
        remove(next)
        return next
    }
}

/// The number of requests with places, and how long turns take.
private struct PlaceMetrics: Sendable {
    let inside = Meter(label: "broker_http_requests_held", dimensions: [("state", "processing")])
    let waiting = Meter(label: "broker_http_requests_held", dimensions: [("state", "waiting")])
    let wait = Metrics.Timer(label: "broker_http_request_queue_seconds")
}
