import Testing

@testable import BrokerTesting

@Suite("A race")
struct RaceTests {
    @Test("starts all racers and returns each result")
    func everybody() async throws {
        let results = try await race(100) { $0 }
        #expect(results.sorted() == Array(0..<100))
    }

    @Test("fails with the first failure")
    func failure() async {
        await #expect(throws: Observation.self) {
            try await race(10) { number in
                if number == 3 { throw Observation("third") }
            }
        }
    }
}
