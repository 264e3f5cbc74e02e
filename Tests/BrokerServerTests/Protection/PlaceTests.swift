import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("A request's place")
struct PlaceTests {
    private let shedder = Locked(LoadShedder(LoadLimit(requests: 2)))
    private let clock = TestClock()

    private var inside: Int { shedder.withLock { $0.inside } }

    private func place(isOffered: Bool = true) -> Place {
        #expect(shedder.withLock { $0.enter(at: .zero) })
        return Place(in: shedder, by: BrokerClock(clock, now: clock.wallClock), isOffered: isOffered)
    }

    @Test("is given back once by who took it over, and by nobody else")
    func takenOver() {
        let place = place()
        #expect(place.takeOver())
        #expect(!place.takeOver())
        place.withdraw()
        #expect(inside == 1)
        place.giveBack()
        place.giveBack()
        #expect(inside == 0)
    }

    @Test("is withdrawn if nobody took it over")
    func withdrawn() {
        let place = place()
        place.giveBack()
        #expect(inside == 1)
        place.withdraw()
        place.withdraw()
        #expect(inside == 0)
        #expect(!place.takeOver())
    }

    @Test("is free while its login waits")
    func waiting() {
        let place = place(isOffered: false)
        place.loginWillWait()
        #expect(inside == 0)
        place.loginDidWait()
        place.loginDidWait()
        #expect(inside == 1)
        place.loginWillWait()
        place.loginDidWait()
        place.giveBack()
        #expect(inside == 0)
        place.loginDidWait()
        #expect(inside == 0)
    }

    @Test("tells once that the client is gone")
    func gone() {
        let place = place(isOffered: false)
        let count = Locked(0)
        #expect(!place.isGone)
        place.onGone { count.withLock { $0 += 1 } }
        place.clientIsGone()
        place.clientIsGone()
        #expect(place.isGone && count.withLock { $0 } == 1)
    }

    @Test("tells nobody who does not want to hear it any more")
    func forgotten() {
        let place = place(isOffered: false)
        let count = Locked(0)
        place.onGone { count.withLock { $0 += 1 } }
        place.onGone(nil)
        place.clientIsGone()
        #expect(count.withLock { $0 } == 0)
    }

    @Test("is handed over to the task that answers, once")
    func handover() {
        let (handover, place) = (PlaceHandover(), place())
        #expect(handover.takeOver() == nil)
        handover.leave(place)
        #expect(handover.takeOver() === place)
        #expect(handover.takeOver() == nil)
        let withdrawn = self.place()
        handover.leave(withdrawn)
        withdrawn.withdraw()
        #expect(handover.takeOver() == nil)
        #expect(inside == 1)
    }
}
