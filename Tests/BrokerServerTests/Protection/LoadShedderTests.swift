import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The load shedder")
struct LoadShedderTests {
    /// A shedder, and a time at which things happen to it.
    private struct Bench {
        var shedder: LoadShedder
        var now: Duration = .zero
        var admitted = 0
        var refused = 0

        init(requests: Int = 10_000, alwaysTaken: Int = 16) {
            shedder = LoadShedder(LoadLimit(requests: requests, alwaysTaken: alwaysTaken))
        }

        mutating func enter(_ count: Int = 1) {
            for _ in 0..<count {
                if shedder.enter(at: now) { admitted += 1 } else { refused += 1 }
            }
        }

        /// Lets time pass in which requests come and go at a rate each.
        mutating func pass(_ time: Duration, coming: Int, going: Int) {
            let step: Duration = .milliseconds(1)
            var (come, gone) = (0.0, 0.0)
            for _ in 0..<Int(time / step) {
                now += step
                gone += Double(going) / 1000
                while gone >= 1 {
                    gone -= 1
                    if shedder.inside > 0 { shedder.leave(at: now) }
                }
                come += Double(coming) / 1000
                while come >= 1 {
                    come -= 1
                    enter()
                }
            }
        }
    }

    @Test("lets in as many as there may be, and one more for each that leaves")
    func bound() {
        var bench = Bench(requests: 2)
        bench.enter(3)
        #expect(bench.shedder.inside == 2 && bench.refused == 1)
        bench.shedder.leave(at: .zero)
        bench.enter()
        #expect(bench.shedder.inside == 2 && bench.refused == 1)
    }

    @Test("takes every request of a load that it carries, however full it is", arguments: [20, 64, 400])
    func carried(inside: Int) {
        var bench = Bench()
        bench.enter(inside)
        bench.pass(.seconds(5), coming: 1000, going: 1000)
        #expect(bench.refused == 0)
    }

    @Test("takes a burst that is gone within the time allowed", arguments: [50, 100])
    func burst(count: Int) {
        var bench = Bench()
        bench.enter(20)
        bench.pass(.seconds(2), coming: 200, going: 200)
        bench.enter(count)
        bench.pass(.milliseconds(500), coming: 200, going: 1200)
        #expect(bench.refused == 0)
    }

    @Test("turns requests away once a line stays that takes longer to pass than the time allowed")
    func standing() {
        var bench = Bench()
        bench.pass(.seconds(1), coming: 2000, going: 1000)
        bench.pass(.seconds(4), coming: 2000, going: 1000)
        #expect(bench.shedder.inside > 400 && bench.shedder.inside < 650)
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

    @Test("is not misled by a stall, once it knows how fast requests pass", arguments: [150, 300])
    func shortStall(milliseconds: Int) {
        var bench = Bench()
        bench.enter(64)
        bench.pass(.seconds(1), coming: 2000, going: 2000)
        bench.pass(.seconds(1), coming: 500, going: 2000)
        bench.pass(.milliseconds(milliseconds), coming: 500, going: 0)
        bench.pass(.seconds(1), coming: 500, going: 2000)
        #expect(bench.refused == 0)
    }

    @Test("is not misled by a stall before it knows how fast requests pass", arguments: [150, 300, 450])
    func firstStall(milliseconds: Int) {
        var bench = Bench()
        bench.pass(.milliseconds(milliseconds), coming: 500, going: 0)
        bench.pass(.seconds(1), coming: 500, going: 2000)
        #expect(bench.refused == 0)
    }

    @Test("is not misled by a stall in its first line, once that has moved")
    func stallInFirstLine() {
        var bench = Bench()
        bench.enter(64)
        bench.pass(.milliseconds(200), coming: 1000, going: 1000)
        bench.pass(.milliseconds(200), coming: 500, going: 0)
        bench.pass(.milliseconds(500), coming: 500, going: 1000)
        #expect(bench.refused == 0)
    }

    @Test("turns requests away from the first line as soon as that shows how slow it is")
    func firstOverload() {
        var bench = Bench()
        bench.pass(.seconds(1), coming: 4000, going: 500)
        #expect(bench.shedder.inside < 500)
        #expect(bench.refused > 2500)
    }

    @Test("turns requests away while nothing moves, but for a few, and takes them when it moves again")
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

    @Test("takes everybody again once the line is gone")
    func recovery() {
        var bench = Bench()
        bench.pass(.seconds(3), coming: 2000, going: 1000)
        bench.pass(.seconds(1), coming: 0, going: 1000)
        bench.refused = 0
        bench.pass(.seconds(5), coming: 900, going: 1000)
        #expect(bench.refused == 0)
    }

    @Test("takes a few however slow it is")
    func few() {
        var bench = Bench(alwaysTaken: 3)
        bench.enter(3)
        bench.pass(.seconds(3), coming: 20, going: 0)
        bench.refused = 0
        bench.shedder.leave(at: bench.now)
        while bench.shedder.inside >= 3 { bench.shedder.leave(at: bench.now) }
        bench.enter()
        #expect(bench.refused == 0)
    }

    @Test("does not count who waits outside, and turns nobody away who comes back")
    func waiting() {
        var bench = Bench(requests: 2)
        for _ in 0..<100 {
            bench.enter()
            bench.shedder.leave(at: .zero)
        }
        bench.enter(2)
        #expect(bench.refused == 0)
        for _ in 0..<100 { bench.shedder.reenter(at: .zero) }
        bench.enter()
        #expect(bench.shedder.inside == 102 && bench.refused == 1)
    }

    @Test("measures a line by requests, not by how often each is in it")
    func visits() {
        var bench = Bench()
        // Each of 1,000 a second is inside twice.
        bench.enter(400)
        for _ in 0..<3000 {
            bench.now += .milliseconds(1)
            bench.enter()
            bench.shedder.leave(isFirst: true, at: bench.now)
            bench.shedder.reenter(at: bench.now)
            bench.shedder.leave(isFirst: false, at: bench.now)
        }
        #expect(bench.refused == 0)
        bench.enter(800)
        for _ in 0..<1000 {
            bench.now += .milliseconds(1)
            bench.enter()
            bench.shedder.leave(isFirst: true, at: bench.now)
            bench.shedder.reenter(at: bench.now)
            bench.shedder.leave(isFirst: false, at: bench.now)
        }
        #expect(bench.refused > 0)
    }
}
