import Foundation
public import IdentityBroker

/// SplitMix64: the same numbers for the same seed, always and everywhere. For tests only.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Creates a generator.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension RandomSource {
    /// Bytes that a test can predict: the same sequence for the same seed.
    public static func seeded(_ seed: UInt64) -> RandomSource {
        let generator = Locked(SeededGenerator(seed: seed))
        return RandomSource { count in
            generator.withLock { generator in
                (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            }
        }
    }
}

extension IdentifierSource {
    /// Ids that a test can predict: the same sequence for the same seed.
    public static func seeded(_ seed: UInt64) -> IdentifierSource {
        let generator = Locked(SeededGenerator(seed: seed))
        return IdentifierSource {
            generator.withLock { generator in
                let (high, low) = (generator.next(), generator.next())
                let bytes = withUnsafeBytes(of: (high.bigEndian, low.bigEndian), Array.init)
                // Version 4, variant 10 (RFC 9562 §5.4).
                return UUID(
                    uuid: (
                        bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6] & 0x0F | 0x40, bytes[7],
                        bytes[8] & 0x3F | 0x80, bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14],
                        bytes[15]
                    ))
            }
        }
    }
}
