import Testing

@testable import IdentityBroker

@Suite("A token bucket")
struct TokenBucketTests {
    private let limit = RateLimit(logins: 10, per: .seconds(1), burst: 3)

    /// Takes a token if there is one, and returns whether there was.
    private func take(from bucket: inout TokenBucket, at now: Duration) -> Bool {
        guard bucket.wait(at: now) == nil else { return false }
        bucket.take(at: now)
        return true
    }

    @Test("gives a burst at once, then one token per interval")
    func burst() {
        var bucket = TokenBucket(limit, at: .seconds(100))
        for _ in 0..<3 { #expect(take(from: &bucket, at: .seconds(100))) }
        #expect(bucket.wait(at: .seconds(100)) == .milliseconds(100))
        #expect(bucket.wait(at: .seconds(100) + .milliseconds(99)) == .milliseconds(1))
        #expect(take(from: &bucket, at: .seconds(100) + .milliseconds(100)))
        #expect(!take(from: &bucket, at: .seconds(100) + .milliseconds(150)))
    }

    @Test("saves up at most one burst, however long it is unused")
    func savings() {
        var bucket = TokenBucket(limit, at: .zero)
        let later: Duration = .seconds(100_000)
        let given = (0..<10).count { _ in take(from: &bucket, at: later) }
        #expect(given == 3)
    }

    @Test("is full again when all taken tokens have been refilled")
    func full() {
        var bucket = TokenBucket(limit, at: .zero)
        #expect(bucket.isFull(at: .zero))
        bucket.take(at: .zero)
        bucket.take(at: .zero)
        #expect(!bucket.isFull(at: .milliseconds(199)))
        #expect(bucket.isFull(at: .milliseconds(200)))
    }

    @Test("gives exactly the limit's rate over a long time", arguments: [1, 7, 1000])
    func longRun(_ logins: Int) {
        var bucket = TokenBucket(RateLimit(logins: logins, per: .seconds(1), burst: 1), at: .zero)
        let given = (0..<30_000).count { take(from: &bucket, at: .milliseconds($0)) }
        // The step here is a millisecond: if an interval is not a whole number of steps, a token is up to one step
        // late.
        #expect((logins * 29...logins * 30).contains(given))
    }
}
