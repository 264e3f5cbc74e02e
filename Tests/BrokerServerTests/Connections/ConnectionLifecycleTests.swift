import IdentityBroker
import NIOCore
import NIOHTTP1
import Testing

@testable import BrokerServer

@Suite("The life of a connection")
struct ConnectionLifecycleTests {
    private let limits = ConnectionLimits()
    private let start = NIODeadline.uptimeNanoseconds(1_000)
    private var life: ConnectionLifecycle

    init() {
        life = ConnectionLifecycle(limits, at: start)
    }

    private func framing(_ fields: HTTPHeaders = [:]) throws -> RequestFraming {
        var headers: HTTPHeaders = ["Host": "a"]
        headers.add(contentsOf: fields)
        return try RequestFraming(
            HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: headers), mostBodyBytes: 10)
    }

    /// A connection whose request has arrived by `time`.
    private func answering(at time: NIODeadline, _ fields: HTTPHeaders = [:]) throws -> ConnectionLifecycle {
        var life = life
        life.beginRequest(at: time)
        life.endHead(try framing(fields), at: time)
        life.endRequest(at: time)
        return life
    }

    @Test("keeps a trusted proxy's connection longer than proxies keep theirs")
    func proxy() {
        let limits = ConnectionLimits()
        #expect(limits.applied(to: .network(.v4(1))) == limits)
        #expect(limits.applied(to: .network(nil)) == limits)
        #expect(limits.applied(to: .trustedProxy).idleTime == .seconds(120))
    }

    @Test("ends silently if nothing arrives")
    func idle() {
        var life = life
        #expect(life.phase == .idle && life.deadline == start + limits.idleTime)
        #expect(life.expire(at: start + limits.idleTime - .nanoseconds(1)) == .wait)
        #expect(life.expire(at: start + limits.idleTime) == .close)
    }

    @Test("has deadlines for head and body, which bytes do not extend")
    func slow() throws {
        var life = life
        let begin = start + .seconds(20)
        life.beginRequest(at: begin)
        life.beginRequest(at: begin + .seconds(5))
        #expect(life.deadline == begin + limits.headTime)
        var slowHead = life
        #expect(slowHead.expire(at: begin + limits.headTime) == .refuse(.tooSlow))
        life.endHead(try framing(), at: begin + .seconds(6))
        #expect(life.phase == .body && life.deadline == begin + .seconds(6) + limits.bodyTime)
        #expect(life.expire(at: begin + .seconds(6) + limits.bodyTime) == .refuse(.tooSlow))
    }

    @Test("has no deadline while a request is processed, and one once the answer begins")
    func answer() throws {
        var life = try answering(at: start)
        #expect(life.phase == .answer && life.deadline == nil)
        #expect(life.expire(at: start + .hours(1)) == .wait)
        let begin = start + .minutes(1)
        life.beginAnswer(isLast: false, at: begin)
        #expect(life.deadline == begin + limits.answerTime)
        var stalled = life
        #expect(stalled.expire(at: begin + limits.answerTime) == .close)
        #expect(life.endAnswer(at: begin + .seconds(1)) == .next)
        #expect(life.phase == .idle && life.deadline == begin + .seconds(1) + limits.idleTime)
    }

    @Test("ends with an answer that is the last")
    func last() throws {
        for fields: HTTPHeaders in [["Connection": "close"], [:]] {
            var life = try answering(at: start, fields)
            #expect(life.mustEnd == !fields.isEmpty)
            life.beginAnswer(isLast: true, at: start)
            #expect(life.endAnswer(at: start + .seconds(1)) == .linger)
            #expect(life.deadline == start + .seconds(1) + limits.lingerTime)
            #expect(life.endInput() == .close)
            #expect(life.expire(at: start + .seconds(1) + limits.lingerTime) == .close)
        }
    }

    @Test("ends with an answer that comes before its request has arrived")
    func early() throws {
        var life = life
        life.beginRequest(at: start)
        life.endHead(try framing(), at: start)
        #expect(life.mustEnd)
        life.beginAnswer(isLast: true, at: start)
        #expect(life.refuse(.bodyTooLong) == .close)
        #expect(life.endAnswer(at: start) == .linger)
        #expect(life.refuse(.unreadable) == .wait)
    }

    @Test("when the client closes its side, refuses an incomplete request and answers a complete one")
    func endOfInput() throws {
        var idle = life
        #expect(idle.endInput() == .close)
        var head = life
        head.beginRequest(at: start)
        #expect(head.endInput() == .refuse(.incomplete))
        var answering = try answering(at: start)
        #expect(answering.endInput() == .wait)
        #expect(answering.mustEnd)
        answering.beginAnswer(isLast: true, at: start)
        #expect(answering.endAnswer(at: start) == .linger)
    }

    @Test("ends when the service has nothing more to write")
    func endOfOutput() throws {
        var idle = life
        #expect(idle.endOutput() == .close)
        var unanswered = try answering(at: start)
        #expect(unanswered.endOutput() == .close)
        var answered = try answering(at: start)
        answered.beginAnswer(isLast: false, at: start)
        #expect(answered.endOutput() == .wait)
        #expect(answered.endAnswer(at: start) == .linger)
    }

    @Test("ends soon at a shutdown, but waits for an answer while the service works on it")
    func drain() throws {
        var idle = life
        #expect(idle.drain(at: start) == .wait)
        #expect(idle.mustEnd && idle.deadline == start + limits.drainIdleTime)
        #expect(idle.expire(at: start + limits.drainIdleTime) == .close)
        var answering = try answering(at: start)
        let stop = start + .seconds(1)
        #expect(answering.drain(at: stop) == .wait)
        #expect(answering.mustEnd && answering.deadline == nil)
        var stalled = answering
        stalled.beginAnswer(isLast: true, at: stop + .seconds(20))
        #expect(stalled.deadline == stop + .seconds(20) + limits.drainTime)
        #expect(stalled.expire(at: stop + .seconds(20) + limits.drainTime) == .close)
        answering.beginAnswer(isLast: true, at: stop)
        #expect(answering.endAnswer(at: stop) == .linger)
        var late = try self.answering(at: start)
        late.beginAnswer(isLast: true, at: start)
        #expect(late.drain(at: stop) == .wait)
        #expect(late.deadline == stop + limits.drainTime)
    }

    @Test("accepts a request at a shutdown if it has begun to arrive, or is on its way")
    func drainArriving() throws {
        var arriving = life
        arriving.beginRequest(at: start)
        #expect(arriving.drain(at: start + .seconds(9)) == .wait)
        #expect(arriving.deadline == start + limits.headTime)
        arriving.endHead(try framing(), at: start + .seconds(9))
        #expect(arriving.deadline == start + limits.headTime)
        arriving.endRequest(at: start + .seconds(9))
        #expect(arriving.mustEnd && arriving.deadline == nil)
        var onItsWay = life
        #expect(onItsWay.drain(at: start) == .wait)
        onItsWay.beginRequest(at: start + .milliseconds(900))
        #expect(onItsWay.deadline == start + .milliseconds(900) + limits.drainTime)
    }

    @Test("gives an incomplete request no more time at a shutdown")
    func drainStuck() {
        var stuck = life
        stuck.beginRequest(at: start)
        #expect(stuck.drain(at: start) == .wait)
        let late = start + limits.drainTime
        #expect(stuck.expire(at: late) == .refuse(.tooSlow))
        stuck.beginAnswer(isLast: true, at: late)
        #expect(stuck.endAnswer(at: late) == .linger)
        #expect(stuck.deadline == late && stuck.expire(at: late) == .close)
    }

    @Test("ends at once at a shutdown that allows idle connections no time")
    func drainAtOnce() {
        var limits = limits
        limits.drainIdleTime = .zero
        var idle = ConnectionLifecycle(limits, at: start)
        #expect(idle.drain(at: start) == .close)
    }
}
