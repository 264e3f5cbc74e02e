@testable import BrokerServer

/// A simulated service at work. Events must be reported in order.
struct SimulatedRun {
    private struct Request {
        let arrival: Duration
        var stepsLeft: Int
    }

    private let service: SimulatedService
    private let time: Duration
    private var shedder: LoadShedder?
    private var requests: [Request] = []
    /// The numbers of the requests that wait for admission.
    private var waiting: [Int] = []
    private var firstWaiting = 0
    /// The numbers of the requests that wait for a processor.
    private var line: [Int] = []
    private var lineStart = 0
    /// The total number of steps left for all admitted requests.
    private var stepsInside = 0
    /// The request that each processor works on, and until when.
    private var busy: [(end: Duration, number: Int)] = []
    private(set) var outcome = SimulatedOutcome()

    init(_ service: SimulatedService, _ shedder: LoadShedder?, until time: Duration) {
        self.service = service
        self.time = time
        self.shedder = shedder
    }

    mutating func arrive(at now: Duration) {
        advance(to: now)
        let decision = shedder?.enter(at: now) ?? .admitted
        guard decision != .refused else {
            let work = service.work * (stepsInside + service.steps) / (service.steps * service.processors)
            outcome.timesRefused.append(service.end(of: work, from: now) - now)
            return
        }
        stepsInside += service.steps
        if decision == .waits { waiting.append(requests.count) } else { line.append(requests.count) }
        requests.append(Request(arrival: now, stepsLeft: service.steps))
        occupyProcessors(at: now)
    }

    private mutating func advance(to now: Duration) {
        while let first = busy.indices.min(by: { busy[$0].end < busy[$1].end }), busy[first].end <= now {
            let (end, number) = busy.remove(at: first)
            finishStep(of: number, at: end)
            occupyProcessors(at: end)
        }
    }

    private mutating func occupyProcessors(at now: Duration) {
        while busy.count < service.processors, lineStart < line.count {
            busy.append((service.end(of: service.work / service.steps, from: now), line[lineStart]))
            lineStart += 1
        }
    }

    private mutating func finishStep(of number: Int, at now: Duration) {
        requests[number].stepsLeft -= 1
        stepsInside -= 1
        guard requests[number].stepsLeft == 0 else {
            line.append(number)
            return
        }
        // It waits for its upstream outside the limit.
        if shedder?.leave(at: now) == true {
            line.append(waiting[firstWaiting])
            firstWaiting += 1
        }
        let end = now + service.upstream
        let duration = end - requests[number].arrival
        outcome.times.append(duration)
        if duration <= service.patience, end <= time { outcome.answeredInTime += 1 }
    }
}

/// The outcomes of the requests to a simulated service.
struct SimulatedOutcome: Sendable {
    /// How long each refused request would have taken.
    var timesRefused: [Duration] = []
    /// How long each served request took.
    var times: [Duration] = []
    /// The number answered within their sender's patience and before the end of the run.
    var answeredInTime = 0

    var refused: Int { timesRefused.count }

    /// The 99th percentile of the served requests.
    var slowest: Duration {
        times.sorted().dropLast(times.count / 100).last ?? .zero
    }
}
