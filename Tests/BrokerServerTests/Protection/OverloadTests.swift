import Testing

@testable import BrokerServer

@Suite("Under load")
struct OverloadTests {
    private static let time: Duration = .seconds(5)

    private let shedder = LoadShedder(LoadLimit())

    @Test(
        "the service answers as many as it can carry, in time",
        arguments: [1, 1.5, 2, 10], [Duration.zero, .milliseconds(20), .milliseconds(200)]
    )
    func goodput(load: Double, upstream: Duration) {
        let service = SimulatedService(upstream: upstream)
        let outcome = service.run(load: load, for: Self.time, shedder: shedder)
        #expect(Double(outcome.answeredInTime) >= 0.9 * service.capacity(in: Self.time))
        #expect(outcome.slowest - upstream <= .milliseconds(600))
    }

    @Test("those served at twice the load wait for a few times the lag allowed")
    func wait() {
        let outcome = SimulatedService().run(load: 2, for: Self.time, shedder: shedder)
        #expect(outcome.slowest <= .milliseconds(400))
    }

    @Test("at half of it nobody is turned away", arguments: [1, 20])
    func light(crowd: Int) {
        let outcome = SimulatedService().run(load: 0.5, for: Self.time, crowd: crowd, shedder: shedder)
        #expect(outcome.refused == 0)
    }

    @Test("that comes in crowds, the service does no worse")
    func crowds() {
        let service = SimulatedService()
        let outcome = service.run(load: 2, for: Self.time, crowd: 50, shedder: shedder)
        #expect(Double(outcome.answeredInTime) >= 0.9 * service.capacity(in: Self.time))
        #expect(outcome.slowest <= .milliseconds(500))
    }

    @Test("a slow upstream is not taken for a lack of room")
    func slowUpstream() {
        let service = SimulatedService(upstream: .milliseconds(900))
        let outcome = service.run(load: 0.5, for: Self.time, shedder: shedder)
        #expect(outcome.refused == 0)
    }

    @Test("a line that the heartbeat does not stand in is bounded all the same", arguments: [1, 2, 10])
    func blind(load: Double) {
        let service = SimulatedService(processors: 1, work: .milliseconds(3), steps: 1, seesHeartbeat: false)
        let shedder = LoadShedder(LoadLimit(requests: 256))
        let outcome = service.run(load: load, for: Self.time, shedder: shedder)
        #expect(Double(outcome.answeredInTime) >= 0.9 * service.capacity(in: Self.time))
        #expect(outcome.slowest <= .milliseconds(3 * 256))
    }

    @Test("a service without a shedder answers nobody in time")
    func collapse() {
        let service = SimulatedService()
        let outcome = service.run(load: 2, for: Self.time, shedder: nil)
        #expect(Double(outcome.answeredInTime) < 0.2 * service.capacity(in: Self.time))
        #expect(outcome.slowest > .seconds(1))
    }
}
