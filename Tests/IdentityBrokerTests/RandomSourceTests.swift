import Testing

@testable import IdentityBroker

@Suite("Random bytes of the system")
struct RandomSourceTests {
    @Test("are as many as requested", arguments: [0, 1, 7, 8, 9, 16, 32, 1_001])
    func count(count: Int) {
        #expect(RandomSource.system.bytes(count).count == count)
    }

    @Test("vary in every position")
    func variety() {
        let draws = (0..<64).map { _ in RandomSource.system.bytes(13) }
        #expect(Set(draws).count == draws.count)
        // The chance of the same byte in one position 64 times is one in 2^504.
        for place in 0..<13 { #expect(Set(draws.map { $0[place] }).count > 1) }
    }
}
