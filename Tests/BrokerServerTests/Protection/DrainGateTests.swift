import Testing

@testable import BrokerServer

@Suite("The drain gate")
struct DrainGateTests {
    private let gate = DrainGate()

    @Test("counts requests, even once the service is leaving")
    func count() {
        gate.enter()
        gate.enter()
        #expect(gate.underWay == 2)
        gate.leave()
        #expect(!gate.isLeaving)
        gate.announce()
        #expect(gate.isLeaving && gate.underWay == 1)
        gate.enter()
        #expect(gate.underWay == 2)
    }
}
