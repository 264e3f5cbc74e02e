import IdentityBroker
import Testing

@testable import CurlTransport

@Suite("The shares of origins in the transfers")
struct OriginSharesTests {
    private func origin(_ number: Int) -> Origin { Origin(scheme: .https, authority: "\(number).example") }

    @Test(
        "leave the next origin a quarter of the free transfers",
        arguments: [
            (most: 1, got: [1, 0]), (most: 2, got: [1, 1]), (most: 3, got: [2, 1]), (most: 4, got: [3, 1, 0]),
            (most: 8, got: [6, 1, 1]), (most: 16, got: [12, 3, 1, 0]), (most: 112, got: [84, 21, 5, 1, 1, 0]),
            (most: 4096, got: [3072, 768, 192, 48, 12, 3, 1, 0]),
        ]
    )
    func greed(most: Int, got: [Int]) {
        var shares = OriginShares(most: most)
        for (number, expected) in got.enumerated() {
            var count = 0
            while shares.begin(origin(number)) == .admitted { count += 1 }
            #expect(count == expected)
        }
        #expect(shares.count == got.reduce(0, +))
    }

    @Test("say whose limit was reached")
    func limits() {
        var shares = OriginShares(most: 4)
        for _ in 1...3 { #expect(shares.begin(origin(1)) == .admitted) }
        #expect(shares.begin(origin(1)) == .originAtLimit)
        #expect(shares.begin(origin(2)) == .admitted)
        #expect(shares.begin(origin(2)) == .full)
        #expect(shares.begin(origin(3)) == .full)
    }

    @Test("return when a transfer ends, and shrink by what others use")
    func ends() {
        var shares = OriginShares(most: 8)
        for _ in 1...6 { _ = shares.begin(origin(1)) }
        _ = shares.begin(origin(2))
        shares.end(origin(1))
        // Three quarters of seven are five.
        #expect(shares.begin(origin(1)) == .originAtLimit)
        shares.end(origin(2))
        #expect(shares.begin(origin(1)) == .admitted)
        for _ in 1...6 { shares.end(origin(1)) }
        shares.end(origin(1))
        #expect(shares == OriginShares(most: 8))
    }

    @Test("keep the place of a transfer with leftovers for its origin, until its time is over")
    func holding() {
        let start = ContinuousClock.now
        var shares = OriginShares(most: 8)
        for number in 1...6 {
            #expect(shares.begin(origin(1)) == .admitted)
            shares.hold(origin(1), until: start + .seconds(number))
        }
        shares.release(at: start)
        #expect(shares.begin(origin(1)) == .originAtLimit)
        #expect(shares.begin(origin(2)) == .admitted)
        shares.end(origin(2))
        shares.release(at: start + .seconds(2))
        #expect(shares.count == 4)
        for _ in 1...2 { #expect(shares.begin(origin(1)) == .admitted) }
        #expect(shares.begin(origin(1)) == .originAtLimit)
        for _ in 1...2 { shares.end(origin(1)) }
        shares.release(at: start + .seconds(60))
        #expect(shares == OriginShares(most: 8))
    }

    @Test("are unlimited if transfers are")
    func unlimited() {
        var shares = OriginShares(most: .max)
        for _ in 1...1000 { #expect(shares.begin(origin(1)) == .admitted) }
    }
}
