import Testing

@testable import IdentityBroker

@Suite("The buckets of many callers")
struct CallerBucketsTests {
    private let limit = RateLimit(logins: 1, per: .seconds(10))

    private func take(_ caller: String, from buckets: inout CallerBuckets, at now: Duration) -> Bool {
        let key = CallerKey(caller)
        guard buckets.wait(of: key, at: now) == nil else { return false }
        buckets.take(of: key, at: now)
        return true
    }

    @Test("limit one caller and not another")
    func separate() {
        var buckets = CallerBuckets(limit, at: .zero)
        #expect(take("one", from: &buckets, at: .zero))
        #expect(!take("one", from: &buckets, at: .seconds(9)))
        #expect(take("another", from: &buckets, at: .seconds(9)))
        #expect(take("one", from: &buckets, at: .seconds(10)))
    }

    @Test("are dropped once they are full, so that callers who come and go take no memory")
    func bound() {
        var buckets = CallerBuckets(limit, capacity: 100, at: .zero)
        for second in 0..<1_000 {
            for caller in 0..<10 { #expect(take("\(second)-\(caller)", from: &buckets, at: .seconds(second))) }
            #expect(buckets.count <= 100)
        }
    }

    @Test("are one for all callers beyond the bound, so that a flood cannot evade the limit")
    func flood() {
        var buckets = CallerBuckets(limit, capacity: 100, at: .zero)
        let given = (0..<1_000).count { take("\($0)", from: &buckets, at: .zero) }
        #expect(given == 101)
        #expect(buckets.count == 100)
    }

    @Test("recognize a caller from before the flood")
    func known() {
        var buckets = CallerBuckets(limit, capacity: 2, at: .zero)
        for caller in ["one", "two", "three"] { _ = take(caller, from: &buckets, at: .zero) }
        #expect(!take("one", from: &buckets, at: .seconds(1)))
        #expect(take("one", from: &buckets, at: .seconds(10)))
    }
}
