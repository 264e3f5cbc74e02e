@testable import BrokerServer

/// A service in virtual time: requests wait in one queue for the processors, each takes the same work in steps,
/// queueing again for each step, and then perhaps time that needs no processor.
struct SimulatedService: Sendable {
    var processors = 2
    var work: Duration = .milliseconds(1)
    /// The number of steps of the work: a task that suspends goes to the end of the queue.
    var steps = 4
    /// How long all processors stall every five seconds.
    var stall: Duration = .zero
    /// How long a request waits after its work, for instance for an upstream.
    var upstream: Duration = .zero
    /// After this time, the sender has given up on an answer.
    var patience: Duration = .seconds(1)

    /// The number of requests it can serve in this time.
    func capacity(in time: Duration) -> Double {
        time / work * Double(processors)
    }

    /// When a processor finishes work that it begins now.
    func end(of work: Duration, from now: Duration) -> Duration {
        let period: Duration = .seconds(5)
        let stalls = Int(now / period)
        let begin = stalls > 0 ? max(now, period * stalls + stall) : now
        let end = begin + work
        return end <= period * (stalls + 1) ? end : end + stall
    }

    /// Lets requests arrive for a time.
    ///
    /// - Parameters:
    ///   - load: The load as a multiple of the service's capacity.
    ///   - crowd: How many arrive at once.
    func run(
        load: Double,
        for time: Duration,
        crowd: Int = 1,
        shedder: LoadShedder?
    ) -> SimulatedOutcome {
        var run = SimulatedRun(self, shedder, until: time)
        var chance = SimulatedChance()
        let pause = work / Double(processors) / load * Double(crowd)
        var now: Duration = .zero
        while now < time {
            now += pause * (2 * chance.next())
            for _ in 0..<crowd { run.arrive(at: now) }
        }
        return run.outcome
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct SimulatedChance: Sendable {
    private var state: UInt64 = 1

    /// A number from 0 to below 1.
    mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        bits ^= bits >> 31
        return Double(bits >> 11) / Double(1 << 53)
    }
}
