@testable import BrokerServer

/// A simulated service at work. What happens has to be told in the order in which it does.
struct SimulatedRun {
    private struct Request {
        let arrival: Duration
        var stepsLeft: Int
    }

    /// What stands in line for a processor, or has one.
    private enum Job {
        case request(Int)
        case beat
    }

    private static let heartPause: Duration = .milliseconds(10)

    private let service: SimulatedService
    private let time: Duration
    private var shedder: LoadShedder?
    private var requests: [Request] = []
    private var line: [Job] = []
    private var lineStart = 0
    /// What each processor does, and until when.
    private var busy: [(end: Duration, job: Job)] = []
    /// When the heart wants to beat; nil while its beat stands in line.
    private var nextBeat: Duration? = .zero
    /// When those who are done with their work are done with their upstream, and how many of them have left.
    private var ends: [Duration] = []
    private var leftCount = 0
    private(set) var outcome = SimulatedOutcome()

    init(_ service: SimulatedService, _ shedder: LoadShedder?, until time: Duration) {
        self.service = service
        self.time = time
        self.shedder = shedder
    }

    mutating func arrive(at now: Duration) {
        advance(to: now)
        while leftCount < ends.count, ends[leftCount] <= now {
            shedder?.leave()
            leftCount += 1
        }
        guard shedder?.enter(at: now) ?? true else {
            outcome.refused += 1
            return
        }
        line.append(.request(requests.count))
        requests.append(Request(arrival: now, stepsLeft: service.steps))
        occupyProcessors(at: now)
    }

    private mutating func advance(to now: Duration) {
        while true {
            let first = busy.indices.min { busy[$0].end < busy[$1].end }
            let beat = nextBeat ?? .seconds(Int.max)
            if let first, busy[first].end <= beat {
                guard busy[first].end <= now else { return }
                let (end, job) = busy.remove(at: first)
                if case .request(let number) = job { finishStep(of: number, at: end) }
                occupyProcessors(at: end)
            } else {
                guard beat <= now else { return }
                nextBeat = nil
                if service.seesHeartbeat { line.append(.beat) } else { self.beat(at: beat) }
                occupyProcessors(at: beat)
            }
        }
    }

    private mutating func occupyProcessors(at now: Duration) {
        while busy.count < service.processors, lineStart < line.count {
            let job = line[lineStart]
            lineStart += 1
            switch job {
            case .request: busy.append((now + service.work / service.steps, job))
            case .beat: beat(at: now)
            }
        }
    }

    private mutating func finishStep(of number: Int, at now: Duration) {
        requests[number].stepsLeft -= 1
        guard requests[number].stepsLeft == 0 else {
            line.append(.request(number))
            return
        }
        let end = now + service.upstream
        ends.append(end)
        let duration = end - requests[number].arrival
        outcome.times.append(duration)
        if duration <= service.patience, end <= time { outcome.answeredInTime += 1 }
    }

    private mutating func beat(at now: Duration) {
        nextBeat = now + Self.heartPause
        shedder?.expectBeat(at: nextBeat)
    }
}
