import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The rate limit of requests")
struct RequestRateLimiterTests {
    private let limit = RateLimit(logins: 10, per: .seconds(10), burst: 3)

    @Test("admits a burst, then says how long to wait")
    func burst() {
        let limiter = RequestRateLimiter(limit, at: .zero)
        let caller = CallerKey.client("app")
        for _ in 0..<3 { #expect(limiter.admit(caller, at: .zero) == .admitted) }
        #expect(limiter.admit(caller, at: .zero) == .refused(retryAfter: .seconds(1)))
        #expect(limiter.admit(caller, at: .milliseconds(600)) == .refused(retryAfter: .milliseconds(400)))
        #expect(limiter.admit(caller, at: .seconds(1)) == .admitted)
        #expect(limiter.admit(caller, at: .seconds(1)) == .refused(retryAfter: .seconds(1)))
    }

    @Test("does not limit one caller for another's requests")
    func separate() throws {
        let limiter = RequestRateLimiter(limit, at: .zero)
        for _ in 0..<100 { _ = limiter.admit(.client("busy"), at: .zero) }
        #expect(limiter.admit(.client("other"), at: .zero) == .admitted)
        #expect(limiter.admit(try #require(ClientAddress("192.0.2.1")).callerKey, at: .zero) == .admitted)
    }

    @Test("treats the addresses of one IPv6 network as one caller")
    func network() throws {
        let limiter = RequestRateLimiter(limit, at: .zero)
        let answers = try (1...100).map { host in
            limiter.admit(try #require(ClientAddress("2001:db8::\(String(host, radix: 16))")).callerKey, at: .zero)
        }
        #expect(answers.count { $0 == .admitted } == 3)
    }

    @Test("gives a busy caller no new bucket in a flood of others, and the flood no more than one caller's share")
    func flood() {
        let limiter = RequestRateLimiter(limit, capacity: 100, at: .zero)
        let busy = CallerKey.client("busy")
        for _ in 0..<3 { _ = limiter.admit(busy, at: .zero) }
        var admitted = 0
        for number in 0..<10_000 {
            let now: Duration = .microseconds(number)
            if limiter.admit(.client("\(number)"), at: now) == .admitted { admitted += 1 }
            #expect(limiter.admit(busy, at: now) != .admitted)
        }
        #expect(admitted == 99 + 3)
    }
}
