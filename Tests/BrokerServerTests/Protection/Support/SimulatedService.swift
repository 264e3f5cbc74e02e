@testable import BrokerServer

/// A service in virtual time: requests stand in one line for the processors, each takes the same work, step by step and
/// with a turn in the line for each, and then perhaps a time that takes no processor.
struct SimulatedService: Sendable {
    var processors = 2
    var work: Duration = .milliseconds(1)
    /// In how many steps the work is done: a task that suspends goes to the end of the line.
    var steps = 4
    /// For how long all processors stand still every five seconds.
    var stall: Duration = .zero
    /// What a request waits for after its work, an upstream for instance.
    var upstream: Duration = .zero
    /// After this time nobody is interested in an answer.
    var patience: Duration = .seconds(1)

    /// How many requests it can carry in a time.
    func capacity(in time: Duration) -> Double {
        time / work * Double(processors)
    }

    /// When a processor has done work that it begins now.
    func end(of work: Duration, from now: Duration) -> Duration {
        let period: Duration = .seconds(5)
        let stalls = Int(now / period)
        let begin = stalls > 0 ? max(now, period * stalls + stall) : now
        let end = begin + work
        return end <= period * (stalls + 1) ? end : end + stall
    }

    /// Lets requests come for a time.
    ///
    /// - Parameters:
    ///   - load: How many times what the service can carry.
    ///   - crowd: How many come at once.
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
