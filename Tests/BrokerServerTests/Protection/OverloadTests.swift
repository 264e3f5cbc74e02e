import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Under load")
struct OverloadTests {
    private static let time: Duration = .seconds(10)

    /// Services with a capacity of 2,000 and 200 requests per second.
    private static let works: [Duration] = [.milliseconds(1), .milliseconds(10)]

    private let shedder = LoadShedder(LoadLimit(parallelism: 64))

    @Test(
        "the service answers as many requests as it can carry, in time",
        arguments: [1, 1.5, 2, 5], works
    )
    func goodput(load: Double, work: Duration) {
        let service = SimulatedService(work: work)
        let outcome = service.run(load: load, for: Self.time, shedder: shedder)
        #expect(Double(outcome.answeredInTime) >= 0.9 * service.capacity(in: Self.time))
    }

    @Test("requests served at twice the load wait little more than the allowed time", arguments: works)
    func wait(work: Duration) {
        let outcome = SimulatedService(work: work).run(load: 2, for: Self.time, shedder: shedder)
        #expect(outcome.slowest <= .milliseconds(750))
        #expect(outcome.slowest >= .milliseconds(450))
    }

    @Test("at nine tenths of it, no request is rejected that would be answered in time", arguments: [1, 20], works)
    func light(crowd: Int, work: Duration) {
        // In one step, so that the waiting time follows from the work in the queue.
        let service = SimulatedService(work: work, steps: 1)
        let outcome = service.run(load: 0.9, for: Self.time, crowd: crowd, shedder: shedder)
        #expect(outcome.timesRefused.allSatisfy { $0 > .milliseconds(450) })
    }

    @Test(
        "a stall shorter than the allowed time costs no request, not even the first",
        arguments: [150, 300], [0.25, 0.5]
    )
    func stall(milliseconds: Int, load: Double) {
        let service = SimulatedService(stall: .milliseconds(milliseconds))
        let outcome = service.run(load: load, for: .seconds(30), shedder: shedder)
        #expect(outcome.refused == 0)
    }

    @Test("that comes in bursts, the service does no worse")
    func crowds() {
        let service = SimulatedService()
        let outcome = service.run(load: 2, for: Self.time, crowd: 50, shedder: shedder)
        #expect(Double(outcome.answeredInTime) >= 0.9 * service.capacity(in: Self.time))
        #expect(outcome.slowest <= .milliseconds(750))
    }

    @Test("a slow upstream is not mistaken for a lack of capacity", arguments: [0.5, 0.9])
    func slowUpstream(load: Double) {
        let service = SimulatedService(upstream: .milliseconds(900))
        let outcome = service.run(load: load, for: Self.time, shedder: shedder)
        #expect(outcome.refused == 0)
    }

    @Test("a service without a shedder answers no one in time")
    func collapse() {
        let service = SimulatedService()
        let outcome = service.run(load: 2, for: Self.time, shedder: nil)
        #expect(Double(outcome.answeredInTime) < 0.2 * service.capacity(in: Self.time))
        #expect(outcome.slowest > .seconds(1))
    }
}
