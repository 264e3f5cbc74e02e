/// A line of requests that has not been empty since it formed, and how fast it moves.
///
/// How long the line takes to pass follows from its length and its rate (Little's law), whatever the order in it. The rate is
/// that of the last second: a neighbor on the machine, or a commit that takes long, makes little of it bad. As with CoDel
/// (RFC 8289 §3.2) what counts is a line that stays too long for an interval, not that it is too long at a moment.
///
/// A line that a short stall makes has not moved yet. For twice the limit it is expected to move as fast as the one before
/// did; the first one of a process, as fast as it has moved so far, stalls left out, and fast enough until it has moved at all.
struct StandingLine: Sendable {
    /// How long one measurement takes.
    static let step: Duration = .milliseconds(50)

    private static let stepsRemembered = 20
    /// Fewer tell no pace, nor does less time.
    private static let fewestDepartures = 16
    private static let shortestPace: Duration = .milliseconds(10)

    private let start: Duration
    /// How many requests passed the line before in a second, stalls left out; nil where that is unknown.
    private let formerPace: Double?
    private var stepStart: Duration
    private var departures = 0
    private var steps: [(departures: Int, time: Duration)] = []
    private var isOverInStep = false
    private var overSince: Duration?
    /// Whether the line was too long for long enough, and has not been short enough for a whole step since.
    private(set) var isShedding = false

    init(since now: Duration, formerPace: Double? = nil) {
        start = now
        stepStart = now
        self.formerPace = formerPace
    }

    /// Requests that pass the line in a second, stalls left out; the pace before while too few have passed.
    func pace(at now: Duration) -> Double? {
        let moving = steps.filter { $0.departures > 0 } + (departures > 0 ? [(departures, now - stepStart)] : [])
        let (count, time) = moving.reduce((0, Duration.zero)) { ($0.0 + $1.departures, $0.1 + $1.time) }
        guard count >= Self.fewestDepartures, time >= Self.shortestPace else { return formerPace }
        return Double(count) / (time / .seconds(1))
    }

    /// The same for a line that has none before it, roughly, by the steps in which it moved.
    private var firstPace: Double {
        let moving = steps.filter { $0.departures > 0 }
        let (count, time) = moving.reduce((0, Duration.zero)) { ($0.0 + $1.departures, $0.1 + $1.time) }
        return count > 0 ? Double(count) / (time / .seconds(1)) : .infinity
    }

    /// Requests that pass the line in a second; nil while the line is too young to tell.
    var rate: Double? {
        guard !steps.isEmpty else { return nil }
        let (count, time) = steps.reduce((0, Duration.zero)) { ($0.0 + $1.departures, $0.1 + $1.time) }
        return Double(count) / (time / .seconds(1))
    }

    /// A request has passed the line.
    mutating func depart(at now: Duration) {
        advance(to: now)
        departures += 1
    }

    /// Whether one more may join a line of this length.
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
        // A burst makes a line long before it has shown how fast it moves under the burst.
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
            // Neither came nor went a request: the machine paused, and this says nothing about the line.
            overSince = nil
        }
        stepStart = now
        departures = 0
        isOverInStep = false
    }
}
