import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The load shedder")
struct LoadShedderTests {
    private let shedder = Locked(LoadShedder(LoadLimit(requests: 2, lag: .milliseconds(50), alwaysTaken: 1)))

    private func enter(at now: Duration) -> Bool {
        shedder.withLock { $0.enter(at: now) }
    }

    @Test("lets in as many as there may be, and one more for each that leaves")
    func bound() {
        #expect(enter(at: .zero))
        #expect(enter(at: .zero))
        #expect(!enter(at: .zero))
        #expect(shedder.withLock { $0.underWay } == 2)
        shedder.withLock { $0.leave() }
        #expect(enter(at: .zero))
    }

    @Test("lets nobody in while a heartbeat is overdue")
    func late() {
        shedder.withLock { $0.expectBeat(at: .seconds(1)) }
        #expect(enter(at: .seconds(1) + .milliseconds(50)))
        #expect(!enter(at: .seconds(1) + .milliseconds(51)))
        shedder.withLock { $0.expectBeat(at: .seconds(2)) }
        #expect(enter(at: .seconds(1) + .milliseconds(51)))
    }

    @Test("lets a request in that is alone, however late the heartbeat is")
    func alone() {
        shedder.withLock { $0.expectBeat(at: .zero) }
        #expect(enter(at: .seconds(9)))
        #expect(!enter(at: .seconds(9)))
    }

    @Test("lets a few in however late the heartbeat is, and no more")
    func few() {
        let shedder = Locked(LoadShedder(LoadLimit(requests: 8, lag: .milliseconds(50), alwaysTaken: 3)))
        shedder.withLock { $0.expectBeat(at: .zero) }
        for _ in 1...3 {
            #expect(shedder.withLock { $0.enter(at: .seconds(9)) })
        }
        #expect(!shedder.withLock { $0.enter(at: .seconds(9)) })
        shedder.withLock { $0.leave() }
        #expect(shedder.withLock { $0.enter(at: .seconds(9)) })
    }

    @Test("does not wait for a heart that has stopped")
    func stopped() {
        shedder.withLock { $0.expectBeat(at: .seconds(1)) }
        shedder.withLock { $0.expectBeat(at: nil) }
        #expect(enter(at: .seconds(1_000)))
    }

    @Test("counts places and requests, not both of the same request")
    func places() {
        #expect(shedder.withLock { $0.reserve(at: .zero) })
        #expect(shedder.withLock { $0.enterReserved() })
        #expect(shedder.withLock { $0.reserve(at: .zero) })
        #expect(!shedder.withLock { $0.reserve(at: .zero) })
        shedder.withLock { $0.release() }
        #expect(enter(at: .zero))
        #expect(!shedder.withLock { $0.reserve(at: .zero) })
    }

    @Test("lets a request with a place in however late it has become")
    func placeKept() {
        shedder.withLock { $0.expectBeat(at: .zero) }
        #expect(shedder.withLock { $0.reserve(at: .zero) })
        #expect(shedder.withLock { $0.enterReserved() })
        #expect(!shedder.withLock { $0.reserve(at: .seconds(1)) })
        #expect(shedder.withLock { $0.enterReserved() })
    }

    @Test("bounds requests under way whose connections are gone")
    func abandoned() {
        for _ in 1...2 {
            #expect(shedder.withLock { $0.reserve(at: .zero) })
            #expect(shedder.withLock { $0.enterReserved() })
            shedder.withLock { $0.release() }
        }
        #expect(!shedder.withLock { $0.reserve(at: .zero) })
        #expect(!shedder.withLock { $0.enterReserved() })
    }
}
