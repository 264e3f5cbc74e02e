import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("A request's place")
struct PlaceTests {
    private let queue: PlaceQueue

    init() {
        let clock = TestClock()
        queue = PlaceQueue(
            LoadLimit(requests: 4, parallelism: 2), clock: BrokerClock(clock, now: clock.wallClock))
    }

    private var inside: Int { queue.inside }

    private func place() throws -> Place { try #require(queue.join()) }

    private func placeTakenOver() throws -> Place {
        let place = try place()
        #expect(place.takeOver())
        return place
    }

    @Test("is given back once by who took it over, and by nobody else")
    func takenOver() throws {
        let place = try place()
        #expect(place.takeOver())
        #expect(!place.takeOver())
        place.withdraw()
        #expect(inside == 1)
        place.giveBack()
        place.giveBack()
        #expect(inside == 0)
    }

    @Test("is withdrawn if nobody took it over")
    func withdrawn() throws {
        let place = try place()
        place.giveBack()
        #expect(inside == 1)
        place.withdraw()
        place.withdraw()
        #expect(inside == 0)
        #expect(!place.takeOver())
    }

    @Test("is free while its login waits")
    func waiting() throws {
        let place = try placeTakenOver()
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
    func gone() throws {
        let place = try placeTakenOver()
        let count = Locked(0)
        #expect(!place.isGone)
        place.onGone { count.withLock { $0 += 1 } }
        place.clientIsGone()
        place.clientIsGone()
        #expect(place.isGone && count.withLock { $0 } == 1)
    }

    @Test("no longer tells anyone once its action is taken back")
    func forgotten() throws {
        let place = try placeTakenOver()
        let count = Locked(0)
        place.onGone { count.withLock { $0 += 1 } }
        place.onGone(nil)
        place.clientIsGone()
        #expect(count.withLock { $0 } == 0)
    }

    @Test("that waits for its turn is there when another is given back")
    func turn() throws {
        let (first, second, third) = (try placeTakenOver(), try placeTakenOver(), try place())
        let count = Locked(0)
        #expect(third.waitForTurn { count.withLock { $0 += 1 } })
        #expect(!third.takeOver())
        first.giveBack()
        third.admit()
        #expect(count.withLock { $0 } == 1)
        #expect(!third.waitForTurn {})
        #expect(third.takeOver())
        second.giveBack()
        third.giveBack()
        #expect(inside == 0 && queue.waiting == 0)
    }

    @Test("is given back by who leaves while its login waits, and does not come back")
    func leftOutside() throws {
        let place = try placeTakenOver()
        place.loginWillWait()
        place.giveBack()
        place.loginDidWait()
        #expect(inside == 0)
    }

    @Test("that is withdrawn while it waits never has its turn")
    func withdrawnWaiting() throws {
        let (first, second, third) = (try placeTakenOver(), try placeTakenOver(), try place())
        #expect(third.waitForTurn { Issue.record("withdrawn") })
        third.withdraw()
        third.withdraw()
        #expect(queue.waiting == 0)
        first.giveBack()
        second.giveBack()
        #expect(inside == 0 && !third.takeOver())
    }

    @Test("is handed over to the task that answers, once")
    func handover() throws {
        let (handover, place) = (PlaceHandover(), try place())
        #expect(handover.takeOver() == nil)
        handover.leave(place)
        #expect(handover.takeOver() === place)
        #expect(handover.takeOver() == nil)
        let withdrawn = try self.place()
        handover.leave(withdrawn)
        withdrawn.withdraw()
        #expect(handover.takeOver() == nil)
        #expect(inside == 1)
    }
}
