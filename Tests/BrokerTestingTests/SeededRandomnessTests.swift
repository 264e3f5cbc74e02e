import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@Suite("Randomness with a seed")
struct SeededRandomnessTests {
    /// The first numbers of SplitMix64 for the seed 1234567, from its authors' program.
    @Test("is SplitMix64")
    func reference() {
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<3).map { _ in generator.next() }
        #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test("gives the same bytes for the same seed, and different ones for another")
    func bytes() {
        let (one, same, other) = (RandomSource.seeded(7), RandomSource.seeded(7), RandomSource.seeded(8))
        let bytes = one.bytes(64)
        #expect(bytes == same.bytes(64))
        #expect(bytes != other.bytes(64))
        #expect(bytes != one.bytes(64))
    }

    @Test("gives ids of version 4, the same for the same seed, and none twice")
    func identifiers() {
        let (one, same) = (IdentifierSource.seeded(7), IdentifierSource.seeded(7))
        let ids = (0..<1_000).map { _ in one.next() }
        #expect(ids == (0..<1_000).map { _ in same.next() })
        #expect(Set(ids).count == 1_000)
        #expect(ids.allSatisfy { $0.uuid.6 >> 4 == 4 && $0.uuid.8 >> 6 == 2 })
    }
}
