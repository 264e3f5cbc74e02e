import BrokerObservability
import BrokerTesting
import IdentityBroker
import Metrics
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

    @Test("is returned once by its owner, and by no one else")
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

    @Test("is withdrawn if it was not taken over")
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

    @Test("reports when its login begins to wait, and when it has waited")
    func reportedWaits() throws {
        let reports = Locked<[Bool]>([])
        let (returning, leaving) = (try placeTakenOver(), try placeTakenOver())
        for place in [returning, leaving] { place.onWait { isWaiting in reports.withLock { $0.append(isWaiting) } } }
        returning.loginWillWait()
        returning.loginWillWait()
        returning.loginDidWait()
        returning.loginDidWait()
        returning.giveBack()
        #expect(reports.withLock { $0 } == [true, false])
        leaving.loginWillWait()
        leaving.giveBack()
        leaving.loginDidWait()
        #expect(reports.withLock { $0 } == [true, false, true, false])
    }

    @Test("reports once that the client is gone")
    func gone() throws {
        let place = try placeTakenOver()
        let count = Locked(0)
        #expect(!place.isGone)
        place.onGone { count.withLock { $0 += 1 } }
        place.clientIsGone()
        place.clientIsGone()
        #expect(place.isGone && count.withLock { $0 } == 1)
    }

    @Test("no longer reports once its action is withdrawn")
    func forgotten() throws {
        let place = try placeTakenOver()
        let count = Locked(0)
        place.onGone { count.withLock { $0 += 1 } }
        place.onGone(nil)
        place.clientIsGone()
        #expect(count.withLock { $0 } == 0)
    }

    @Test("that waits for its turn is available when another is returned")
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

    @Test("is returned if its owner leaves while its login waits, and does not come back")
    func leftOutside() throws {
        let place = try placeTakenOver()
        place.loginWillWait()
        place.giveBack()
        place.loginDidWait()
        #expect(inside == 0)
    }

    @Test("is free in the end, whichever comes first: its turn or the end of its connection")
    func race() async throws {
        for _ in 0..<1000 {
            let working = try [placeTakenOver(), placeTakenOver()]
            let waiting = try [place(), place()]
            try #require(queue.waiting == 2)
            await withTaskGroup { group in
                for place in working { group.addTask { place.giveBack() } }
                for place in waiting {
                    group.addTask {
                        if place.waitForTurn({ _ = place.takeOver() }) { await Task.yield() }
                        place.withdraw()
                        place.giveBack()
                    }
                }
            }
            try #require(queue.inside == 0 && queue.waiting == 0)
        }
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

    @Test("is refused only if waiting requests would use too many bytes")
    func waitingBytes() throws {
        let clock = TestClock()
        let queue = PlaceQueue(
            LoadLimit(requests: 8, parallelism: 1, waitingBytes: 100),
            clock: BrokerClock(clock, now: clock.wallClock))
        let working = try #require(queue.join(size: 1000))
        let waiting = try #require(queue.join(size: 60))
        #expect(queue.join(size: 41) == nil)
        let small = try #require(queue.join(size: 40))
        small.withdraw()
        #expect(queue.join(size: 40) != nil)
        #expect(working.takeOver())
        working.giveBack()
        // A request that has had its turn is no longer counted.
        #expect(waiting.takeOver())
        #expect(queue.join(size: 60) != nil && queue.join(size: 1) == nil)
    }

    @Test("is in the metrics, and so is how long its turn took")
    func metrics() throws {
        let (clock, registry) = (TestClock(), PrometheusRegistry())
        let queue = withMetricsFactory(registry) {
            PlaceQueue(LoadLimit(requests: 4, parallelism: 1), clock: BrokerClock(clock, now: clock.wallClock))
        }
        let working = try #require(queue.join())
        #expect(queue.join() != nil)
        var text = registry.text()
        #expect(text.contains(#"broker_http_requests_held{state="processing"} 1"#))
        #expect(text.contains(#"broker_http_requests_held{state="waiting"} 1"#))
        clock.advance(by: .seconds(2))
        #expect(working.takeOver())
        working.giveBack()
        text = registry.text()
        #expect(text.contains(#"broker_http_requests_held{state="waiting"} 0"#))
        #expect(text.contains("broker_http_request_queue_seconds_sum 2"))
        #expect(text.contains("broker_http_request_queue_seconds_count 1"))
    }

    @Test("is handed over once to the task that answers")
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
