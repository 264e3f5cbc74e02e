import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The load shedder")
struct LoadShedderTests {
    /// A load shedder with its time.
    private struct Bench {
        var shedder: LoadShedder
        var now: Duration = .zero
        /// The number of requests admitted after waiting.
        var admitted = 0
        var refused = 0

        init(requests: Int = 10_000, parallelism: Int = 10_000, alwaysTaken: Int = 16) {
            shedder = LoadShedder(
                LoadLimit(requests: requests, parallelism: parallelism, alwaysTaken: alwaysTaken))
        }

        mutating func enter(_ count: Int = 1) {
            for _ in 0..<count where shedder.enter(at: now) == .refused { refused += 1 }
        }

        /// One request leaves, and perhaps the next one is admitted.
        mutating func leave(isFirst: Bool = true) {
            if shedder.leave(isFirst: isFirst, at: now) { admitted += 1 }
        }

        /// Lets time pass while requests come and go at these rates.
        mutating func pass(_ time: Duration, coming: Int, going: Int) {
            let step: Duration = .milliseconds(1)
            var (come, gone) = (0.0, 0.0)
            for _ in 0..<Int(time / step) {
                now += step
                gone += Double(going) / 1000
                while gone >= 1 {
                    gone -= 1
                    if shedder.inside > 0 { leave() }
                }
                come += Double(coming) / 1000
                while come >= 1 {
                    come -= 1
                    enter()
                }
            }
        }
    }

    @Test("admits up to its limit, and one more for each that leaves")
    func bound() {
        var bench = Bench(requests: 2)
        bench.enter(3)
        #expect(bench.shedder.inside == 2 && bench.refused == 1)
        bench.leave()
        bench.enter()
        #expect(bench.shedder.inside == 2 && bench.refused == 1)
    }

    @Test("lets further requests wait, and admits one for each that leaves")
    func turns() {
        var bench = Bench(requests: 5, parallelism: 2)
        bench.enter(6)
        #expect(bench.shedder.inside == 2 && bench.shedder.waiting == 3 && bench.refused == 1)
        bench.leave()
        #expect(bench.shedder.inside == 2 && bench.shedder.waiting == 2 && bench.admitted == 1)
        bench.shedder.abandon(at: .zero)
        #expect(bench.shedder.inside == 2 && bench.shedder.waiting == 1 && bench.admitted == 1)
        for _ in 0..<3 { bench.leave() }
        #expect(bench.shedder.inside == 0 && bench.shedder.waiting == 0 && bench.admitted == 2)
    }

    @Test("admits none while more have come back from outside than the limit")
    func comingBack() {
        var bench = Bench(parallelism: 2)
        bench.enter(2)
        bench.leave()
        bench.leave()
        bench.enter(3)
        for _ in 0..<2 { bench.shedder.reenter(at: .zero) }
        #expect(bench.shedder.inside == 4 && bench.shedder.waiting == 1)
        bench.leave(isFirst: false)
        bench.leave(isFirst: false)
        #expect(bench.shedder.inside == 2 && bench.shedder.waiting == 1 && bench.admitted == 0)
        bench.leave()
        #expect(bench.shedder.inside == 2 && bench.shedder.waiting == 0 && bench.admitted == 1)
    }

    @Test("accepts every request of a load that it can carry, however full it is", arguments: [20, 64, 400])
    func carried(inside: Int) {
        var bench = Bench()
        bench.enter(inside)
        bench.pass(.seconds(5), coming: 1000, going: 1000)
        #expect(bench.refused == 0)
    }

    @Test("accepts a burst that passes within the allowed time", arguments: [50, 100])
    func burst(count: Int) {
        var bench = Bench()
        bench.enter(20)
        bench.pass(.seconds(2), coming: 200, going: 200)
        bench.enter(count)
        bench.pass(.milliseconds(500), coming: 200, going: 1200)
        #expect(bench.refused == 0)
    }

    @Test(
        "rejects requests once a standing queue takes longer to pass than allowed, wherever they wait",
        arguments: [10_000, 64]
    )
    func standing(parallelism: Int) {
        var bench = Bench(parallelism: parallelism)
        bench.pass(.seconds(1), coming: 2000, going: 1000)
        bench.pass(.seconds(4), coming: 2000, going: 1000)
        let length = bench.shedder.inside + bench.shedder.waiting
        #expect(length > 400 && length < 650)
        #expect(bench.refused > 3500)
    }

    @Test("is not misled by a machine that pauses")
    func pause() {
        var bench = Bench()
        bench.enter(64)
        bench.pass(.seconds(2), coming: 1000, going: 1000)
        bench.now += .seconds(3)
        bench.enter(64)
        bench.pass(.seconds(2), coming: 1000, going: 1000)
        #expect(bench.refused == 0)
    }

    @Test("is not misled by jitter: a tenth of a second in which little moves, now and then")
    func jitter() {
        var bench = Bench()
        bench.enter(64)
        for _ in 0..<10 {
            bench.pass(.milliseconds(400), coming: 1000, going: 1000)
            bench.pass(.milliseconds(100), coming: 200, going: 100)
        }
        #expect(bench.refused == 0)
    }

    @Test("is not misled by a stall once it knows the pace", arguments: [150, 300])
    func shortStall(milliseconds: Int) {
        var bench = Bench()
        bench.enter(64)
        bench.pass(.seconds(1), coming: 2000, going: 2000)
        bench.pass(.seconds(1), coming: 500, going: 2000)
        bench.pass(.milliseconds(milliseconds), coming: 500, going: 0)
        bench.pass(.seconds(1), coming: 500, going: 2000)
        #expect(bench.refused == 0)
    }

    @Test("is not misled by a stall before it knows the pace", arguments: [150, 300, 450])
    func firstStall(milliseconds: Int) {
        var bench = Bench()
        bench.pass(.milliseconds(milliseconds), coming: 500, going: 0)
        bench.pass(.seconds(1), coming: 500, going: 2000)
        #expect(bench.refused == 0)
    }

    @Test("is not misled by a stall in its first queue, once that has moved")
    func stallInFirstLine() {
        var bench = Bench()
        bench.enter(64)
        bench.pass(.milliseconds(200), coming: 1000, going: 1000)
        bench.pass(.milliseconds(200), coming: 500, going: 0)
        bench.pass(.milliseconds(500), coming: 500, going: 1000)
        #expect(bench.refused == 0)
    }

    @Test("rejects requests from the first queue as soon as that proves slow")
    func firstOverload() {
        var bench = Bench()
        bench.pass(.seconds(1), coming: 4000, going: 500)
        #expect(bench.shedder.inside < 500)
        #expect(bench.refused > 2500)
    }

    @Test("rejects all but a few requests while nothing moves, and accepts them when it moves again")
    func stall() {
        var bench = Bench()
        bench.enter(64)
        bench.pass(.seconds(2), coming: 200, going: 0)
        #expect(bench.refused > 0)
        bench.refused = 0
        bench.pass(.milliseconds(500), coming: 1000, going: 1500)
        let late = bench.refused
        bench.pass(.seconds(2), coming: 1000, going: 1200)
        #expect(bench.refused == late)
    }

    @Test("accepts every request once the queue is gone")
    func recovery() {
        var bench = Bench()
        bench.pass(.seconds(3), coming: 2000, going: 1000)
        bench.pass(.seconds(1), coming: 0, going: 1000)
        bench.refused = 0
        bench.pass(.seconds(5), coming: 900, going: 1000)
        #expect(bench.refused == 0)
    }

    @Test("accepts a few requests however slow it is")
    func few() {
        var bench = Bench(alwaysTaken: 3)
        bench.enter(3)
        bench.pass(.seconds(3), coming: 20, going: 0)
        bench.refused = 0
        bench.leave()
        while bench.shedder.inside >= 3 { bench.leave() }
        bench.enter()
        #expect(bench.refused == 0)
    }

    @Test("does not count requests waiting outside, and rejects none that come back")
    func waiting() {
        var bench = Bench(requests: 2)
        for _ in 0..<100 {
            bench.enter()
            bench.leave()
        }
        bench.enter(2)
        #expect(bench.refused == 0)
        for _ in 0..<100 { bench.shedder.reenter(at: .zero) }
        bench.enter()
        #expect(bench.shedder.inside == 102 && bench.refused == 1)
    }

    @Test("measures a queue by requests, not by how often each is in it")
    func visits() {
        var bench = Bench()
        // 1,000 requests a second, each of which enters twice.
        bench.enter(400)
        for _ in 0..<3000 {
            bench.now += .milliseconds(1)
            bench.enter()
            bench.leave()
            bench.shedder.reenter(at: bench.now)
            bench.leave(isFirst: false)
        }
        #expect(bench.refused == 0)
        bench.enter(800)
        for _ in 0..<1000 {
            bench.now += .milliseconds(1)
            bench.enter()
            bench.leave()
            bench.shedder.reenter(at: bench.now)
            bench.leave(isFirst: false)
        }
        #expect(bench.refused > 0)
    }
}
