/// A queue of requests since it was last empty, and how fast it moves.
///
/// How long the queue takes to pass follows from its length and its rate (Little's law), whatever its order. The rate
/// is measured over the last second: a noisy neighbor on the machine, or a slow commit, affects little of it. As in
/// CoDel (RFC 8289 §3.2), what counts is a queue that stays too long for an interval, not one that is too long at a
/// moment.
///
/// A queue caused by a short stall has not moved yet. For twice the limit, it is expected to move as fast as the
/// previous one did; the first of a process, as fast as it has moved so far without stalls, and fast enough until it
/// has moved at all.
struct StandingLine: Sendable {
    /// The duration of one measurement.
    static let step: Duration = .milliseconds(50)

    private static let stepsRemembered = 20
    /// Fewer departures, or a shorter time, reveal no pace.
    private static let fewestDepartures = 16
    private static let shortestPace: Duration = .milliseconds(10)

    private let start: Duration
    /// How many requests per second passed the previous queue, without stalls; nil if unknown.
    private let formerPace: Double?
    private var stepStart: Duration
    private var departures = 0
    private var steps: [(departures: Int, time: Duration)] = []
    private var isOverInStep = false
    private var overSince: Duration?
    /// Whether the queue was too long for long enough, and has not been short enough for a whole step since.
    private(set) var isShedding = false

    init(since now: Duration, formerPace: Double? = nil) {
        start = now
        stepStart = now
        self.formerPace = formerPace
    }

    /// Requests that pass the queue per second, without stalls; the former pace while too few have passed.
    func pace(at now: Duration) -> Double? {
        let moving = steps.filter { $0.departures > 0 } + (departures > 0 ? [(departures, now - stepStart)] : [])
        let (count, time) = moving.reduce((0, Duration.zero)) { ($0.0 + $1.departures, $0.1 + $1.time) }
        guard count >= Self.fewestDepartures, time >= Self.shortestPace else { return formerPace }
        return Double(count) / (time / .seconds(1))
    }

    /// The same for the first queue, estimated from the steps in which it moved.
    private var firstPace: Double {
        let moving = steps.filter { $0.departures > 0 }
        let (count, time) = moving.reduce((0, Duration.zero)) { ($0.0 + $1.departures, $0.1 + $1.time) }
        return count > 0 ? Double(count) / (time / .seconds(1)) : .infinity
    }

    /// Requests that pass the queue per second; nil while the queue is too young to tell.
    var rate: Double? {
        guard !steps.isEmpty else { return nil }
        let (count, time) = steps.reduce((0, Duration.zero)) { ($0.0 + $1.departures, $0.1 + $1.time) }
        return Double(count) / (time / .seconds(1))
    }

    /// Records that a request has passed the queue.
    mutating func depart(at now: Duration) {
        advance(to: now)
        departures += 1
    }

    /// Whether another request may join a queue of this length.
    mutating func admits(behind length: Int, within limit: Duration, at now: Duration) -> Bool {
        advance(to: now)
        guard var rate else { return true }
        if now - start < limit * 2 { rate = max(rate, formerPace ?? firstPace) }
        let wait = rate > 0 ? Duration.seconds(Double(length) / rate) : .seconds(Int64.max)
        guard wait > limit else {
            overSince = nil
            return true
        }
        isOverInStep = true
        let began = overSince ?? now
        overSince = began
        // A burst forms a queue long before the queue shows how fast it moves under the burst.
        if now - began >= Self.step { isShedding = true }
        return !isShedding
    }

    private mutating func advance(to now: Duration) {
        let time = now - stepStart
        guard time >= Self.step else { return }
        if time < Self.step * 2 {
            if steps.count == Self.stepsRemembered { steps.removeFirst() }
            steps.append((departures, time))
            if !isOverInStep { isShedding = false }
        } else {
            // No request came or went: the machine paused, which shows nothing about the queue.
            overSince = nil
        }
        stepStart = now
        departures = 0
        isOverInStep = false
    }
}
