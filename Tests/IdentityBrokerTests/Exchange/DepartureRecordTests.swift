import Testing

@testable import IdentityBroker

@Suite("The record of what left")
struct DepartureRecordTests {
    private let redeem = UpstreamRequest.redeeming(.ticket("abc"))
    private let keys = UpstreamRequest.keys()

    @Test("begins with nothing left")
    func beginning() {
        #expect(DepartureRecord().departure == .nothingLeft)
        #expect(DepartureRecord().isIdle)
    }

    @Test("counts requests under way as sent")
    func underWay() {
        var record = DepartureRecord()
        #expect(record.begin(redeem, bearsCredential: true) == nil)
        #expect(record.departure == .unanswered)
        #expect(!record.isIdle)
    }

    @Test(
        "records the outcome of one request",
        arguments: [
            (false, false, Departure.nothingLeft), (true, false, .unanswered), (true, true, .answered),
        ])
    func end(mayHaveLeft: Bool, answered: Bool, departure: Departure) {
        var record = DepartureRecord()
        #expect(record.begin(redeem, bearsCredential: true) == nil)
        record.end(redeem, mayHaveLeft: mayHaveLeft, answered: answered)
        #expect(record.departure == departure)
        #expect(record.isIdle)
    }

    @Test("does not forget an unanswered request over an answered one")
    func unansweredForGood() {
        var record = DepartureRecord()
        #expect(record.begin(redeem, bearsCredential: true) == nil)
        record.end(redeem, mayHaveLeft: true, answered: false)
        #expect(record.begin(keys, bearsCredential: false) == nil)
        record.end(keys, mayHaveLeft: true, answered: true)
        #expect(record.departure == .unanswered)
    }

    @Test("lets a request that cannot have left be sent again")
    func again() {
        var record = DepartureRecord()
        #expect(record.begin(redeem, bearsCredential: true) == nil)
        record.end(redeem, mayHaveLeft: false, answered: false)
        #expect(record.begin(redeem, bearsCredential: true) == nil)
    }

    @Test("lets nothing out once sealed")
    func sealed() {
        var record = DepartureRecord()
        record.seal()
        #expect(record.begin(keys, bearsCredential: false) == .sealed)
        #expect(record.departure == .nothingLeft)
    }
}
