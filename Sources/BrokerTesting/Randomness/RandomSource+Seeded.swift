public import IdentityBroker

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
